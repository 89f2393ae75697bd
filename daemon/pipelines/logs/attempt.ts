import type { StepLog } from '../../../schemas/wire/pipelines.ts';
import type { StepHandle } from '../executors/port.ts';
import type { LogPage, PlaceInLog } from './page.ts';
import { pageOf } from './page.ts';

/** What is printed at each attempt at a step is an output of its own. */
export interface Attempt {
  number: number;
  /** undefined: it has not begun, or its output is gone */
  handle: StepHandle | undefined;
  /** there will be no other */
  isLast: boolean;
}

const NOTHING: LogPage = { offset: 0, text: '', next_offset: 0, bytes: 0, ended: true };

export function readAttempt({ handle }: Attempt, place: PlaceInLog, most?: number): Promise<LogPage> {
  return handle ? pageOf(handle, place, most) : Promise.resolve(NOTHING);
}

/** Without words. */
export async function endOf(attempt: Attempt): Promise<LogPage> {
  const page = await readAttempt(attempt, { offset: -1 });
  return { ...page, offset: page.next_offset, text: '' };
}

/** After an attempt that failed another one may follow. */
export function logOf({ number, isLast }: Attempt, page: LogPage): StepLog {
  return { attempt: number, ...page, ended: page.ended && isLast };
}
