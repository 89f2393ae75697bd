import { CrisolError } from '../../base/errors.ts';

/** Where a page of runs ended: pages stay right while new runs arrive. */
export interface Cursor {
  started_at: number;
  run_no: number;
}

export function writeCursor({ started_at, run_no }: Cursor): string {
  return Buffer.from(`${started_at}.${run_no}`).toString('base64url');
}

export function readCursor(token: string): Cursor {
  const [started_at, run_no, ...rest] = Buffer.from(token, 'base64url').toString('latin1').split('.').map(Number);
  if (started_at === undefined || run_no === undefined || rest.length > 0 || !isWhole(started_at) || !isWhole(run_no)) {
    throw new CrisolError('INVALID_PARAMETER_VALUE', `Invalid page token: ${JSON.stringify(token)}.`);
  }
  return { started_at, run_no };
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
