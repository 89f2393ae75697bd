import { chmod, lstat, readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { STATE_FOLDER } from '../../../schemas/state-folder.ts';

/** Where outs go that are in the way, and what attempts left half-written: a folder a run, in that one a step, in that one each time. */
export const ASIDE = join(STATE_FOLDER, 'aside');

const DEPTH = 3;

export interface Removed {
  files: number;
  bytes: number;
}

/** Removes what was set aside before that time; with `dryRun` it is only counted. */
export async function forgetAside(folder: string, before: number, dryRun: boolean): Promise<Removed> {
  const removed: Removed = { files: 0, bytes: 0 };
  for (const path of await placesBelow(folder, DEPTH)) {
    const { ctimeMs } = await lstat(path);
    if (ctimeMs < before) await removeAll(path, removed, dryRun);
  }
  if (!dryRun) await removeEmpty(folder, DEPTH - 1);
  return removed;
}

async function placesBelow(folder: string, depth: number): Promise<string[]> {
  if (depth === 0) return [folder];
  const names = await readdir(folder).catch(() => []);
  return (await Promise.all(names.map((name) => placesBelow(join(folder, name), depth - 1)))).flat();
}

async function removeEmpty(folder: string, depth: number): Promise<void> {
  if (depth === 0) return;
  for (const name of await readdir(folder).catch(() => [])) {
    await removeEmpty(join(folder, name), depth - 1);
    // one that is not empty stays
    await rmdir(join(folder, name)).catch(() => {});
  }
}

/** Links are not followed. What a step took all rights from is ours all the same. */
async function removeAll(path: string, removed: Removed, dryRun: boolean): Promise<void> {
  const found = await lstat(path);
  if (!found.isDirectory()) {
    removed.files++;
    removed.bytes += found.size;
    if (!dryRun) await rm(path, { force: true });
    return;
  }
  if (!dryRun) await chmod(path, 0o700);
  const names = await readdir(path).catch(() => []);
  for (const name of names) await removeAll(join(path, name), removed, dryRun);
  if (!dryRun) await rmdir(path);
}
