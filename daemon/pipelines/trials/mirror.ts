import { constants } from 'node:fs';
import { chmod, cp, lstat, mkdir, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
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
export const removeMirror = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

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
  await Promise.all([
    ...linked.map((entry) => link(join(from, entry.name), join(to, entry.name), entry.isDirectory())),
    ...[...below].map(([name, branch]) => layBranch(join(from, name), join(to, name), branch, umask)),
  ]);
}

async function layBranch(from: string, to: string, branch: Branch, umask: number): Promise<void> {
  if (branch.own === undefined) await layFolder(from, to, branch, umask);
  else if (branch.own === 'copy') await copy(from, to);
}

/** What leads on to somewhere is named by where it leads: a link to a link is one more thing to follow. */
async function link(from: string, to: string, isFolder: boolean): Promise<void> {
  const target = await readlink(from).catch(() => undefined);
  const place = target !== undefined && isAbsolute(target) ? target : from;
  if (process.platform !== 'win32') return symlink(place, to);
  // where links to files are for administrators alone, a copy is as good for reading
  if (isFolder) await symlink(place, to, 'junction');
  else await cp(place, to).catch(() => {});
}

/** Shares its content with what it is a copy of, where the disk can do that. */
async function copy(from: string, to: string): Promise<void> {
  if (!(await lstat(from).catch(() => undefined))) return;
  await cp(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE, verbatimSymlinks: true });
}
