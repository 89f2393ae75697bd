import type { Dirent } from 'node:fs';
import { constants, readlinkSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { STATE_FOLDER } from '../../../schemas/state-folder.ts';

/** What stands at a path of a mirror: a copy of its own, or nothing. */
export type Apart = ReadonlyMap<string, 'copy' | 'nothing'>;

/**
 * A folder that looks like another one: links to all that is in it, but for the paths that are `apart`, which may be written or
 * changed without the other one noticing. Folders on the way to these are folders, with links beside them. What is there already
 * of an earlier mirror is used again: a thousand links take a disk longer than a short trial.
 */
export async function mirror(from: string, to: string, apart: Apart, umask: number): Promise<void> {
  await layFolder(from, to, treeOf(apart), umask);
}

/** What a mirror holds is ours; what its links lead to is not touched. */
export async function removeMirror(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch {
    // a trial took the rights from a folder that it made
    await openUp(folder);
    await rm(folder, { recursive: true, force: true });
  }
}

async function openUp(folder: string): Promise<void> {
  if (!(await lstat(folder)).isDirectory()) return;
  await chmod(folder, 0o700);
  for (const name of await readdir(folder)) await openUp(join(folder, name));
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
  const links = await linksTo(from, below);
  const lying = await removeAllBut(links, to, below);
  await Promise.all([
    ...[...links.values()].map((link) => !lying.has(link.name) && layLink(link, to)),
    ...[...below].map(([name, branch]) => layBranch(join(from, name), join(to, name), branch, umask)),
  ]);
}

interface Link {
  name: string;
  place: string;
  isFolder: boolean;
}

async function linksTo(folder: string, below: Branch['below']): Promise<Map<string, Link>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const linked = entries.filter(({ name }) => name !== STATE_FOLDER && !below.has(name));
  return new Map(linked.map((entry) => [entry.name, linkTo(folder, entry)]));
}

/** What leads on to somewhere is named by where it leads: a link to a link is one more thing to follow. */
function linkTo(folder: string, entry: Dirent): Link {
  const { name } = entry;
  const place = join(folder, name);
  const target = entry.isSymbolicLink() ? whereLeads(place) : undefined;
  return { name, place: target !== undefined && isAbsolute(target) ? target : place, isFolder: entry.isDirectory() };
}

/** Takes away what an earlier mirror has that this one shall not have. Answers the names of the links that lie there already. */
async function removeAllBut(links: ReadonlyMap<string, Link>, folder: string, below: Branch['below']) {
  const lying = new Set<string>();
  const others: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const { name } = entry;
    const branch = below.get(name);
    if (branch && branch.own === undefined && entry.isDirectory()) continue;
    const link = links.get(name);
    if (link && entry.isSymbolicLink() && whereLeads(join(folder, name)) === link.place) lying.add(name);
    else others.push(name);
  }
  await Promise.all(others.map((name) => removeMirror(join(folder, name))));
  return lying;
}

/** Asked of thousands one after another: handing each to a thread and back would take ten times as long. */
function whereLeads(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}

async function layLink({ name, place, isFolder }: Link, folder: string): Promise<void> {
  const path = join(folder, name);
  if (process.platform !== 'win32') return symlink(place, path);
  // where links to files are for administrators alone, a copy is as good for reading
  if (isFolder) await symlink(place, path, 'junction');
  else await cp(place, path).catch(() => {});
}

async function layBranch(from: string, to: string, branch: Branch, umask: number): Promise<void> {
  if (branch.own === undefined) await layFolder(from, to, branch, umask);
  else if (branch.own === 'copy') await copy(from, to);
}

/** Shares its content with what it is a copy of, where the disk can do that. */
async function copy(from: string, to: string): Promise<void> {
  if (!(await lstat(from).catch(() => undefined))) return;
  await cp(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE, verbatimSymlinks: true });
}
