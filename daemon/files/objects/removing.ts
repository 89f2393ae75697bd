import { chmodSync, lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { isIgnored } from '../looking/ignored.ts';
import { codeOf } from '../missing.ts';
import type { Raw } from '../raw.ts';
import { systemPath } from '../raw.ts';

/** What never counts (`.git`) is not ours to remove: it stays, and the folders around it. Links are not followed. */
export async function removeAll(path: Raw): Promise<void> {
  const isFolder = openUp(path);
  if (isFolder) {
    for (const name of readdirSync(systemPath(path), 'latin1')) {
      if (!isIgnored(name)) await removeAll(`${path}/${name}`);
    }
    await setImmediate();
  }
  removeOne(path, isFolder);
}

/** A step may take the right to write from the folders that it made: so that they can be changed, it is given back. False: no folder. */
export function openUp(path: Raw): boolean {
  const found = lstatSync(systemPath(path), { throwIfNoEntry: false });
  if (!found?.isDirectory()) return false;
  if ((found.mode & OURS) !== OURS) chmodSync(systemPath(path), (found.mode & 0o7777) | OURS);
  return true;
}

const OURS = 0o700;

export function removeOne(path: Raw, isFolder: boolean): void {
  if (!isFolder) {
    rmSync(systemPath(path), { force: true });
    return;
  }
  try {
    rmdirSync(systemPath(path));
  } catch (failure) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(failure))) throw failure;
  }
}
