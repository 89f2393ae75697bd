import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { CrisolError } from '../base/errors.ts';

/** Far above any file that a person keeps by hand. */
const MAX_BYTES = 5_000_000;

/** What a file says; `problem` why it cannot be read, after its name. A file that is not there has neither. */
interface FileText {
  text?: string;
  problem?: string;
}

/** Only ordinary files of a sensible size: a pipe or a device would never end. */
export function readProjectFile(file: string): FileText {
  try {
    const found = statSync(file);
    if (!found.isFile()) return { problem: 'cannot be read: it is not a file' };
    if (found.size > MAX_BYTES) return { problem: `cannot be read: it has over ${MAX_BYTES / 1e6} MB` };
    return { text: readFileSync(file, 'utf8') };
  } catch (failure) {
    const code = failure instanceof Error && 'code' in failure ? failure.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return {};
    return { problem: `cannot be read (${code})` };
  }
}

/** A file that crisol.yaml names, which must lie in the workspace, also behind links. */
export function readNamedFile(workspace: string, name: string, key: string): string {
  const file = resolve(workspace, name);
  if (leadsOut(workspace, file)) {
    throw new CrisolError('FILE_OUTSIDE_WORKSPACE', `${name} is outside of the workspace.`);
  }
  const { text, problem } = readProjectFile(file);
  if (text !== undefined) return text;
  throw new CrisolError(
    'FILE_NOT_FOUND',
    problem === undefined ? `There is no ${name}, which crisol.yaml names in ${key}.` : `${name} ${problem}.`,
  );
}

/** By its name or behind links. */
export function leadsOut(workspace: string, file: string): boolean {
  if (!isInside(workspace, file)) return true;
  try {
    return !isInside(realpathSync.native(workspace), realpathSync.native(file));
  } catch {
    // what is not there leads nowhere
    return false;
  }
}

function isInside(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
