import { existsSync, readFileSync } from 'node:fs';
import { CrisolError } from '../base/errors.ts';

/** The text of a file that the user named; `-` is standard input. */
export function readText(path: string): string {
  if (path === '-') return readFileSync(0, 'utf8');
  if (!existsSync(path))
    throw new CrisolError('FILE_NOT_FOUND', `There is no file ${path}.`, { hint: 'Check the path.' });
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    // reading a folder fails without saying which
    throw Object.assign(Object(thrown), { path });
  }
}
