import type { Dirent } from 'node:fs';
import { constants, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { STATE_FOLDER } from '../../../schemas/state-folder.ts';

/** What stands at a path of a mirror: a copy of its own, or nothing. */
export type Apart = ReadonlyMap<string, 'copy' | 'nothing'>;

/**
 * A folder that looks like another one: links to all that is in it, but for the paths that are `apart`, which may be written or
 * changed without the other one noticing. Folders on the way to these are folders, with links beside them.
 */
export async function mirror(from: string, to: string, apart: Apart, umask: number): Promise<void> {
  await layFolder(from, to, treeOf(apart), umask);
}

/** What a mirror holds is ours; what its links lead to is not touched. */
export async function removeMirror(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  await inTurns(
    entries.filter((entry) => !entry.isDirectory()),
    ({ name }) => rmSync(join(folder, name), { force: true }),
  );
  await rm(folder, { recursive: true, force: true });
}

/** So many links are laid or taken away before others have their turn: one by one in the background takes ten times as long. */
const AT_ONCE = 100;

async function inTurns<T>(items: readonly T[], act: (item: T) => void): Promise<void> {
  for (const [at, item] of items.entries()) {
    if (at > 0 && at % AT_ONCE === 0) await setImmediate();
    act(item);
  }
}

interface Branch {
  own?: 'copy' | 'nothing';
  below: Map<string, Branch>;
}

function treeOf(apart: Apart): Branch {
  const top: Branch = { below: new Map() };
  for (const [path, own] of apart) {
    let at = top;
    for (const name of path.split('/')) {
      const next = at.below.get(name) ?? { below: new Map() };
      at.below.set(name, next);
      at = next;
    }
    at.own = own;
  }
  return top;
}

async function layFolder(from: string, to: string, { below }: Branch, umask: number): Promise<void> {
  await mkdir(to, { recursive: true });
  // as the user's own programs would have made it
  await chmod(to, 0o777 & ~umask);
  const entries = await readdir(from, { withFileTypes: true }).catch(() => []);
  const linked = entries.filter(({ name }) => name !== STATE_FOLDER && !below.has(name));
  await linkAll(linked, from, to);
  await Promise.all([...below].map(([name, branch]) => layBranch(join(from, name), join(to, name), branch, umask)));
}

async function layBranch(from: string, to: string, branch: Branch, umask: number): Promise<void> {
  if (branch.own === undefined) await layFolder(from, to, branch, umask);
  else if (branch.own === 'copy') await copy(from, to);
}

async function linkAll(entries: readonly Dirent[], from: string, to: string): Promise<void> {
  if (process.platform === 'win32') {
    await Promise.all(entries.map((entry) => linkOnWindows(join(from, entry.name), join(to, entry.name), entry)));
  } else await inTurns(entries, (entry) => symlinkSync(targetOf(join(from, entry.name), entry), join(to, entry.name)));
}

/** What leads on to somewhere is named by where it leads: a link to a link is one more thing to follow. */
function targetOf(place: string, entry: Dirent): string {
  const target = entry.isSymbolicLink() ? textOf(place) : '';
  return isAbsolute(target) ? target : place;
}

function textOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return ''; // it went away meanwhile
  }
}

/** Where links to files are for administrators alone, a copy is as good for reading. */
async function linkOnWindows(from: string, to: string, entry: Dirent): Promise<void> {
  if (entry.isDirectory()) await symlink(targetOf(from, entry), to, 'junction');
  else await cp(from, to).catch(() => {});
}

/** Shares its content with what it is a copy of, where the disk can do that. */
async function copy(from: string, to: string): Promise<void> {
  if (!(await lstat(from).catch(() => undefined))) return;
  await cp(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE, verbatimSymlinks: true });
}
