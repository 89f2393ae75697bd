import { CrisolError } from '../../base/errors.ts';

/** Where a page of runs begins. */
export interface PageStart {
  offset: number;
  /** the last run of the page before, in a list by time: such pages stay right while new runs arrive */
  after: Moment | undefined;
}

export interface Moment {
  started_at: number;
  run_id: string;
}

export const FIRST_PAGE: PageStart = { offset: 0, after: undefined };

/** As MLflow writes its tokens: base64 of an object with an offset. */
export function writePageToken({ offset, after }: PageStart): string {
  return Buffer.from(JSON.stringify({ offset, after })).toString('base64');
}

export function readPageToken(token: string | undefined): PageStart {
  if (!token) return FIRST_PAGE;
  const { offset, after } = parsed(token);
  if (Number.isSafeInteger(offset) && Number(offset) >= 0 && (after === undefined || isMoment(after))) {
    return { offset: Number(offset), after };
  }
  throw invalid(token);
}

function parsed(token: string): { offset?: unknown; after?: unknown } {
  try {
    return Object(JSON.parse(Buffer.from(token, 'base64').toString('utf8')));
  } catch {
    throw invalid(token);
  }
}

function isMoment(value: unknown): value is Moment {
  const { started_at, run_id } = Object(value) as Partial<Record<keyof Moment, unknown>>;
  return Number.isSafeInteger(started_at) && typeof run_id === 'string';
}

function invalid(token: string): CrisolError {
  return new CrisolError(
    'INVALID_PARAMETER_VALUE',
    `Invalid page token, could not decode ${JSON.stringify(token.slice(0, 200))}.`,
  );
}
