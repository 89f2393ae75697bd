import { isUtf8 } from 'node:buffer';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { NOT_UTF8, whyNotRead } from '../../schemas/language/project/files.ts';
import { CrisolError } from '../base/errors.ts';

/** What a file says; `problem` why it cannot be read, after its name. A file that is not there has neither. */
interface FileText {
  text?: string;
  problem?: string;
}

export function readProjectFile(file: string): FileText {
  try {
    const found = statSync(file);
    return whyNotRead(found) ?? textIn(readFileSync(file));
  } catch (failure) {
    const code = failure instanceof Error && 'code' in failure ? failure.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return {};
    return { problem: `cannot be read (${code})` };
  }
}

export const textIn = (bytes: Buffer): FileText => (isUtf8(bytes) ? { text: bytes.toString('utf8') } : NOT_UTF8);

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
