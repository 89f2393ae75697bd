import { CrisolError } from '../../base/errors.ts';

const OF_ALL = ['DAEMON_', 'STORE_', 'AUTH_', 'IMPORT_SOURCE_', 'TEMPORARILY_UNAVAILABLE'];

/** Whether nothing else can be brought either; other failures are of one run, one file. */
export function endsAll(failure: unknown): boolean {
  if (!(failure instanceof CrisolError)) return failure instanceof Error && failure.name === 'AbortError';
  return OF_ALL.some((beginning) => failure.code.startsWith(beginning));
}
