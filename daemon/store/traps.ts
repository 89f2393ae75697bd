import type { Stats } from 'node:fs';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { STATE_FILES } from '../../schemas/state-folder.ts';
import { CrisolError } from '../base/errors.ts';

/** Folders in it whose files are written under names that can be known beforehand. */
const INNER = [STATE_FILES.logs, STATE_FILES.backups, STATE_FILES.cache];

/**
 * A state folder may have come with a repository or an archive. A link in it would have us write to the file of the user
 * that it leads to, and a pipe would hold us up for ever: there are none in a folder that we made. Nor is anything in it
 * somebody else's, who could read our tokens or change what we are about to run.
 */
export function refuseTraps(folder: string): void {
  refuseTrap(folder);
  for (const path of entriesOf(folder)) refuseTrap(path);
  for (const path of INNER.flatMap((name) => entriesOf(join(folder, name)))) refuseTrap(path);
}

function refuseTrap(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  const trap = found && trapIn(found);
  if (trap) {
    throw new CrisolError('STORE_FOREIGN', `${path} ${trap}: Crisol does not make such a thing.`);
  }
}

function trapIn(found: Stats): string | undefined {
  if (found.isSymbolicLink()) return 'is a link';
  if (!found.isFile() && !found.isDirectory()) return 'is neither a file nor a folder';
  // Windows keeps owners elsewhere
  const user = process.getuid?.();
  if (user !== undefined && found.uid !== user) return 'belongs to another user';
  return undefined;
}

function entriesOf(folder: string): string[] {
  return isFolder(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

/** False for a link: what lies behind it is no business of ours. */
function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}
