import { isIgnored } from '../looking/ignored.ts';
import { pathIn } from '../looking/known.ts';
import type { Raw } from '../raw.ts';
import type { Lists } from '../tree/diff.ts';
import { entriesOfFolder, isSame, pairs } from '../tree/diff.ts';
import type { Entry } from '../tree/entry.ts';
import { damaged } from './damaged.ts';

/** What is to be done so that a folder is another one. Paths are those in the workspace. */
export interface Plan {
  /** files and links that go, then the folders they were in */
  remove: { path: Raw; isFolder: boolean }[];
  folders: Raw[];
  files: { path: Raw; entry: Entry }[];
  links: { path: Raw; entry: Entry }[];
}

/** What lies in a folder that is there now. */
export type Present = (folder: Raw) => readonly Entry[];

/** Without `present` the folder is made from nothing. */
export function planOf(lists: Lists, path: Raw, sha256: string, present?: Present): Plan {
  const planner = new Planner(lists, present ?? (() => []));
  planner.change(path, sha256, present !== undefined);
  return planner.plan;
}

class Planner {
  readonly plan: Plan = { remove: [], folders: [], files: [], links: [] };
  private readonly lists: Lists;
  private readonly present: Present;

  constructor(lists: Lists, present: Present) {
    this.lists = lists;
    this.present = present;
  }

  change(folder: Raw, sha256: string, isThere: boolean): void {
    const now = isThere ? this.present(folder) : [];
    if (!isThere) this.plan.folders.push(folder);
    for (const [is, wanted] of pairs(now, entriesOfFolder(this.lists, sha256))) {
      if (is && wanted && isSame(is, wanted)) continue;
      const path = pathIn(folder, (is ?? wanted)?.name ?? '');
      // a file takes the name of another in one step
      const isReplaced = isFile(is) && isFile(wanted);
      const staysFolder = is?.kind === 'folder' && wanted?.kind === 'folder';
      if (is && !isReplaced && !staysFolder) this.remove(path, is);
      if (wanted) this.make(path, wanted, staysFolder);
    }
  }

  private make(path: Raw, entry: Entry, isThere: boolean): void {
    if (!isFitting(entry.name)) throw damaged(path);
    if (entry.kind === 'folder') this.change(path, entry.sha256, isThere);
    else this.plan[entry.kind === 'link' ? 'links' : 'files'].push({ path, entry });
  }

  private remove(path: Raw, { kind }: Entry): void {
    const isFolder = kind === 'folder';
    if (isFolder) for (const entry of this.present(path)) this.remove(pathIn(path, entry.name), entry);
    this.plan.remove.push({ path, isFolder });
  }
}

function isFile(entry: Entry | undefined): boolean {
  return entry?.kind === 'file' || entry?.kind === 'executable';
}

/** The list may be somebody else's, with names that lead elsewhere. */
function isFitting(name: Raw): boolean {
  if (name === '' || name === '.' || name === '..' || isIgnored(name)) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the one that ends a path
  return !(process.platform === 'win32' ? /[\\/:\x00]/ : /[/\x00]/).test(name);
}
