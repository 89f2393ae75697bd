import type { ErrorCode } from '../../../schemas/errors.ts';
import { asCrisolError, CrisolError, messageOf } from '../../base/errors.ts';

/** What the system says when something cannot be written: as an error code of Node, or in the words DuckDB passes on. */
const CAUSES: { pattern: RegExp; code: ErrorCode; hint: string }[] = [
  {
    pattern: /ENOSPC|EDQUOT|No space left|quota exceeded/i,
    code: 'STORE_DISK_FULL',
    hint: 'Free some disk space and run the step again; nothing half-written is left.',
  },
  {
    pattern: /EROFS|EACCES|EPERM|Permission denied|Read-only file system/i,
    code: 'STORE_READ_ONLY',
    hint: 'Make the folder writable and run the step again.',
  },
  {
    pattern: /ENOTDIR|EEXIST|EISDIR|Not a directory/i,
    code: 'INVALID_PARAMETER_VALUE',
    hint: 'Choose another path: a file stands where a folder is needed, or the other way round.',
  },
];

/** Whatever a step ran into, with a code and what to do about it. */
export function stepFailure(thrown: unknown): CrisolError {
  if (thrown instanceof CrisolError) return thrown;
  const message = messageOf(thrown);
  const known = CAUSES.find(({ pattern }) => pattern.test(message));
  if (known === undefined) return asCrisolError(thrown);
  return new CrisolError(known.code, message.split('\n', 1)[0] ?? message, { cause: thrown, hint: known.hint });
}
