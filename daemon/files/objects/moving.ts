import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { CrisolError } from '../../base/errors.ts';
import { asFileError } from '../../base/file-errors.ts';
import { replace } from '../jobs/writing.ts';
import { codeOf } from '../missing.ts';
import type { Paths } from '../paths.ts';
import type { Raw } from '../raw.ts';
import { shown, systemPath } from '../raw.ts';
import { openUp } from './removing.ts';
import { makeFoldersAbove } from './staging.ts';

/** Another name for it, under which it is out of the way. */
export async function setAside(paths: Paths, path: Raw, where: Raw, umask: number): Promise<boolean> {
  const from = systemPath(paths.absolute(path));
  const to = systemPath(paths.absolute(where));
  if (!lstatSync(from, { throwIfNoEntry: false })) return false;
  if (lstatSync(to, { throwIfNoEntry: false })) {
    throw new CrisolError('INVALID_PARAMETER_VALUE', `There is something at ${shown(where)} already.`);
  }
  makeFoldersAbove(paths, where, umask);
  try {
    rename(paths.absolute(path), to);
  } catch (failure) {
    if (codeOf(failure) !== 'EXDEV') throw asFileError(failure, shown(path));
    // a disk of its own: that takes longer, and is as good
    await copyAll(paths.absolute(path), paths.absolute(where));
    rmSync(from, { recursive: true, force: true });
  }
  return true;
}

/** A folder that is moved is written to: it gets another one above it. */
function rename(from: Raw, to: string | Buffer): void {
  try {
    renameSync(systemPath(from), to);
  } catch (failure) {
    const { mode } = lstatSync(systemPath(from));
    if (codeOf(failure) !== 'EACCES' || !openUp(from)) throw failure;
    renameSync(systemPath(from), to);
    chmodSync(to, mode & 0o7777);
  }
}

async function copyAll(from: Raw, to: Raw): Promise<void> {
  const found = lstatSync(systemPath(from));
  if (found.isSymbolicLink()) symlinkSync(readlinkSync(systemPath(from), 'buffer'), systemPath(to));
  else if (!found.isDirectory()) copyFileSync(systemPath(from), systemPath(to), constants.COPYFILE_EXCL);
  else {
    mkdirSync(systemPath(to), { mode: found.mode });
    for (const name of readdirSync(systemPath(from), 'latin1')) await copyAll(`${from}/${name}`, `${to}/${name}`);
    await setImmediate();
  }
}

/** Files that share their content with the store get one of their own. */
export async function unprotect(path: Raw, draft: () => Raw, umask: number): Promise<void> {
  const found = lstatSync(systemPath(path));
  if (found.isDirectory()) {
    for (const name of readdirSync(systemPath(path), 'latin1')) await unprotect(`${path}/${name}`, draft, umask);
    await setImmediate();
  } else if (found.isFile() && found.nlink > 1 && (found.mode & 0o222) === 0) {
    const copy = draft();
    copyFileSync(systemPath(path), systemPath(copy), constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    chmodSync(systemPath(copy), 0o666 & ~umask);
    replace(copy, path);
  }
}

/** Whether the mark "read-only" holds anybody off here: not the administrator, whom containers often run as. */
export function canProtect(draft: Raw): boolean {
  const file = systemPath(draft);
  writeFileSync(file, '', { flag: 'wx', mode: 0o444 });
  try {
    closeSync(openSync(file, 'r+'));
    return false;
  } catch {
    return true;
  } finally {
    rmSync(file, { force: true });
  }
}
