import { asCrisolError, CrisolError } from '../base/errors.ts';

const OF_FILES: Record<string, string> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'is inside of a file',
  EISDIR: 'is a folder',
  EACCES: 'may not be used',
  EPERM: 'may not be used',
  EROFS: 'cannot be written: its disk is read-only',
  ENOSPC: 'cannot be written: the disk is full',
};

/** What the system says of a file that could not be written, after its name. */
export function problemOfWriting(thrown: unknown): string {
  const { code } = Object(thrown);
  if (!(thrown instanceof Error) || typeof code !== 'string') throw thrown;
  if (code === 'EACCES' || code === 'EPERM') return 'may not be written';
  return OF_FILES[code] ?? `cannot be written (${code})`;
}

/** A path that the user gave and the system refused is no fault of the program. */
export function asFailure(thrown: unknown): CrisolError {
  const { code, path } = Object(thrown);
  const problem = thrown instanceof Error && typeof path === 'string' ? OF_FILES[code] : undefined;
  if (problem === undefined) return asCrisolError(thrown);
  return new CrisolError('FILE_UNUSABLE', `${path} ${problem}.`, { cause: thrown });
}
