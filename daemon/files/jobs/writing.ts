import { chmodSync, constants, copyFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { Raw } from '../raw.ts';
import { systemPath } from '../raw.ts';

/** On disks that can do so the content is shared until one of both is written to. False where they cannot. */
export function clone(from: Raw, to: Raw): boolean {
  try {
    copyFileSync(systemPath(from), systemPath(to), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE_FORCE);
    return true;
  } catch {
    rmSync(systemPath(to), { force: true });
    return false;
  }
}

export function writeAll(file: number, piece: Buffer): void {
  for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at);
}

/** Gives a file its name, whoever had that before. */
export function replace(draft: Raw, path: Raw): void {
  try {
    renameSync(systemPath(draft), systemPath(path));
  } catch (failure) {
    // Windows replaces no file that is read-only
    if (process.platform !== 'win32') throw failure;
    chmodSync(systemPath(path), 0o666);
    renameSync(systemPath(draft), systemPath(path));
  }
}
