import { CrisolError } from './errors.ts';

/** What the system says when a file cannot be written, in words of the catalogue; anything else stays what it is. */
export function asFileError(thrown: unknown, file: string): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const cause = { cause: thrown };
  if (['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'].includes(code)) {
    return new CrisolError('STORE_DISK_FULL', `${file} could not be written (${code}).`, cause);
  }
  if (['EROFS', 'EACCES', 'EPERM'].includes(code)) {
    return new CrisolError('STORE_READ_ONLY', `${file} cannot be written.`, cause);
  }
  return thrown;
}
