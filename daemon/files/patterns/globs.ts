import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { normalPath } from '../../../schemas/language/values/paths.ts';

/** Ours and git's own: never data. */
export const NEVER_DATA: readonly string[] = ['.crisol', '.git'];

const isPattern = (part: string): boolean => /[*?[\]{}]/.test(part);

/** The part of a path that is no pattern: where all that it may mean lies. */
export function fixedPart(path: string): { folder: string; isPattern: boolean } {
  const parts = normalPath(path).split('/');
  const at = parts.findIndex(isPattern);
  return at < 0
    ? { folder: parts.join('/'), isPattern: false }
    : { folder: parts.slice(0, at).join('/') || '.', isPattern: true };
}

/** The files that a pattern means now, in an order that does not depend on the disk; any other path as it is. */
export async function filesAt(workspace: string, path: string): Promise<string[]> {
  if (!fixedPart(path).isPattern) return [normalPath(path)];
  const found: string[] = [];
  const exclude = ({ name }: { name: string }) => NEVER_DATA.includes(name);
  for await (const entry of glob(normalPath(path), { cwd: workspace, withFileTypes: true, exclude })) {
    if (entry.isFile()) found.push(join(entry.parentPath, entry.name));
  }
  const inside = found.map((file) => normalPath(file.slice(workspace.length + 1)));
  return inside.sort();
}

/** Whether one path lies within the other; of a pattern all that lies in its folder counts. */
export function meet(one: string, other: string): boolean {
  const [first, second] = [fixedPart(one).folder, fixedPart(other).folder];
  return isWithin(first, second) || isWithin(second, first);
}

const isWithin = (path: string, folder: string): boolean =>
  path === folder || folder === '.' || path.startsWith(`${folder}/`);
