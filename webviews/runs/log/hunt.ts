import type { LogFinding, LogSearch } from '../../../schemas/wire/pipelines.ts';

export type Direction = LogSearch['direction'];
type Stretch = Pick<LogSearch, 'from' | 'to'>;

/** A search in all of an output but what the panel holds: on to its end, and round. */
export interface Hunt {
  words: string;
  direction: Direction;
  attempt: number;
  /** one after the other */
  left: Stretch[];
  /** how much of it is done, from 0 to 1 */
  share: number;
}

/** What lies between is looked through already. */
export function huntFor(words: string, direction: Direction, attempt: number, { from, to }: Required<Stretch>): Hunt {
  const left: Stretch[] = [{ from: to }, ...(from > 0 ? [{ to: from }] : [])];
  return { words, direction, attempt, left: direction === 'forward' ? left : left.reverse(), share: 0 };
}

/** What is to be asked next; undefined: all was looked through. */
export function questionOf({ words, direction, attempt, left }: Hunt): LogSearch | undefined {
  const [stretch] = left;
  return stretch && { words, direction, attempt, ...stretch };
}

/** Without what nothing was found in. */
export function after(hunt: Hunt, { attempt, bytes, next }: LogFinding): Hunt {
  const side = hunt.direction === 'forward' ? 'from' : 'to';
  // of another attempt all is looked through at once
  const [first, ...others] = attempt === hunt.attempt ? hunt.left : [{}];
  const left = next === null ? others : [{ ...first, [side]: next }, ...others];
  const sizeOf = (all: Stretch[]) => all.reduce((sum, { from = 0, to = bytes }) => sum + Math.max(0, to - from), 0);
  // what is left of what was left before
  const before = Math.max(1, sizeOf(attempt === hunt.attempt ? hunt.left : [{}]));
  const share = 1 - (1 - hunt.share) * Math.min(1, sizeOf(left) / before);
  return { ...hunt, attempt, left, share };
}
