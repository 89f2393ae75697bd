import type { CrisolError } from '../base/errors.ts';

export const WORK_FAILED = 1;
export const WRONG_USAGE = 2;
export const NO_DAEMON = 3;
export const CANCELLED = 130;

export function exitCodeOf({ code, status }: CrisolError): number {
  if (code.startsWith('DAEMON_')) return NO_DAEMON;
  return status === 400 || status === 404 ? WRONG_USAGE : WORK_FAILED;
}
