/** Most are spelt so already: names with a slash between them. */
const NORMAL = /^[^./\\][^/\\]*(?:\/[^./\\][^/\\]*)*$/;

/** One spelling for a path: `./build//train.csv`, `build\train.csv` and `build/train.csv` are the same file. */
export function normalPath(path: string): string {
  if (NORMAL.test(path)) return path;
  const parts: string[] = [];
  for (const part of path.split(/[/\\]/)) {
    if (part === '..' && parts.length > 0 && parts[parts.length - 1] !== '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/') || '.';
}

/** `a/b/c` lies in `a/b`, in `a` and in `.`, the nearest first. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    folders.push(path.slice(0, slash));
  }
  if (isBelowHere(path)) folders.push('.');
  return folders;
}

const isBelowHere = (path: string): boolean => path !== '.' && !path.startsWith('/') && !/^\.\.(\/|$)/.test(path);
