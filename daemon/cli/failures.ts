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

/** A path that the user gave and the system refused is no fault of the program. */
export function asFailure(thrown: unknown): CrisolError {
  const { code, path } = Object(thrown);
  const problem = thrown instanceof Error && typeof path === 'string' ? OF_FILES[code] : undefined;
  if (problem === undefined) return asCrisolError(thrown);
  return new CrisolError('FILE_UNUSABLE', `${path} ${problem}.`, { cause: thrown });
}
