import type { ScheduleModel } from '../../../schemas/language/trigger-model.ts';
import { latestTimes, nextTimes } from '../../../schemas/language/values/next-times.ts';

/** A due time that is looked at within this is kept; later it was missed. */
const ON_TIME_MS = 60_000;
/** With `catchup: all`: whoever was away for a year does not want a year of runs. */
const MOST_MADE_UP = 100;
const MOST_COUNTED = 200;

export type Times = Pick<ScheduleModel, 'cron' | 'timezone' | 'catchup'>;

/** What is to be done about the times of a schedule that have passed since somebody looked. */
export interface Due {
  /** for these it runs now, one after the other */
  runs: { at: number; missed: boolean }[];
  /** for these it never will: as many (or more, if `countless`), the newest of them */
  missed: { newest: number; count: number; countless: boolean } | null;
}

const NOTHING: Due = { runs: [], missed: null };

/** `seen`: all times up to then are dealt with. A clock that was set back is before it, and nothing is due. */
export function dueSince({ cron, timezone, catchup }: Times, seen: number, now: number): Due {
  const [first] = nextTimes(cron, timezone, seen, 1);
  if (first === undefined || first > now) return NOTHING;
  const times = latestTimes(cron, timezone, { after: seen, upTo: now, count: MOST_COUNTED + 1 });
  const [newest] = times;
  const isOnTime = newest !== undefined && now - newest <= ON_TIME_MS;
  const made = isOnTime && catchup === 'none' ? 1 : { none: 0, one: 1, all: MOST_MADE_UP }[catchup];
  const runs = times.slice(0, made).map((at) => ({ at, missed: now - at > ON_TIME_MS }));
  const [newestMissed] = times.slice(made);
  if (newestMissed === undefined) return { runs: runs.reverse(), missed: null };
  const countless = times.length > MOST_COUNTED;
  const count = Math.min(times.length, MOST_COUNTED) - made;
  return { runs: runs.reverse(), missed: { newest: newestMissed, count, countless } };
}

/** When a schedule runs next; null: never. */
export function nextDue({ cron, timezone }: Times, after: number): number | null {
  return nextTimes(cron, timezone, after, 1)[0] ?? null;
}
