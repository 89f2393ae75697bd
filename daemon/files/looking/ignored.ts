import { LOCK_FILE, STATE_FOLDER } from '../../../schemas/state-folder.ts';
import type { Raw } from '../raw.ts';

/** Drafts on a disk that is not that of `.crisol`. */
export const STAGING_BESIDE = '.crisol-staging-';
/** Never part of a folder: what git and Crisol themselves write while steps run. */
const IGNORED = ['.git', STATE_FOLDER];
/** Where two names may be the same thing to the disk. */
const FOLDS_CASE = process.platform === 'win32' || process.platform === 'darwin';

export function isIgnored(name: Raw): boolean {
  if (name.charCodeAt(0) !== DOT) return false;
  return name.startsWith(STAGING_BESIDE) || IGNORED.includes(FOLDS_CASE ? name.toLowerCase() : name);
}

/** crisol.lock is written after each run: a step that reads the whole workspace would never be up to date. */
export function isIgnoredIn(folder: Raw, name: Raw): boolean {
  return isIgnored(name) || (folder === '' && name === LOCK_FILE);
}

const DOT = 46;
