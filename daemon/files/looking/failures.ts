import { CrisolError } from '../../base/errors.ts';
import { asFileError } from '../../base/file-errors.ts';
import type { Denied, ReadFailure } from '../jobs/job.ts';
import type { Raw } from '../raw.ts';
import { shown } from '../raw.ts';

/** The folder is not what it was a moment ago: looking again helps, unless somebody goes on writing. */
export class Moved extends Error {
  readonly path: Raw;

  constructor(path: Raw) {
    super(`${shown(path)} was changed meanwhile.`);
    this.path = path;
  }
}

export function changed(path: Raw): CrisolError {
  return new CrisolError('FILE_CHANGED', `${shown(path)} was written to while it was read.`);
}

export function special(path: Raw): CrisolError {
  return new CrisolError(
    'FILE_UNUSABLE',
    `${shown(path)} is a pipe, a socket or a device: it has no content to keep.`,
    {
      hint: 'Take it out of the folder, or name files and folders beside it instead.',
    },
  );
}

export function failureAt(path: Raw, failure: ReadFailure): unknown {
  if (failure.code === 'changed') return new Moved(path);
  if (failure.code === 'store') return asFileError(causeOf(failure), `${shown(path)} in .crisol/cache`);
  return unreadable(path, causeOf(failure));
}

export function deniedAt(path: Raw, denied: Denied): CrisolError {
  return unreadable(path, causeOf(denied));
}

const causeOf = ({ error, message }: Pick<Denied, 'error' | 'message'>): Error =>
  Object.assign(new Error(message), { code: error });

export function unreadable(path: Raw, cause: Error): CrisolError {
  const reason = 'code' in cause && cause.code === 'EACCES' ? 'you may not read it' : cause.message;
  return new CrisolError('FILE_UNUSABLE', `${shown(path)} can't be read: ${reason}.`, { cause });
}
