import type { CronSchedule } from './cron.ts';
import { readCron } from './cron.ts';
import { isTimeZone } from './time-zone.ts';
import { instantAt, wallClock } from './wall-clock.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A leap day on a given weekday comes after forty years at the latest. */
const FARTHEST = 41 * 366 * DAY;

/**
 * The next `count` instants after `from` (milliseconds since 1970) at which the expression runs by the clock of `zone`: few or none
 * where the expression or the zone is none. A local time that does not exist runs at the next valid instant, one that
 * occurs twice runs once, the first time.
 */
export function nextTimes(expression: string, zone: string, from: number, count: number): number[] {
  const reading = readCron(expression);
  if ('problem' in reading || !isTimeZone(zone)) return [];
  const found: number[] = [];
  // the clock may have been set back since: what it showed then is passed over below
  const start = wallClock(from, zone);
  for (const wall of wallTimes(reading.schedule, start)) {
    if (found.length >= count) break;
    const instant = instantAt(wall, zone);
    if (instant > from && instant !== found.at(-1)) found.push(instant);
  }
  return found;
}

/** How far a clock is set back at the most, but for once in a lifetime of a zone. */
const SET_BACK = 3 * HOUR;

/** The same instants seen from behind: of those after `after` and up to `upTo` the newest `count`, newest first. */
export function latestTimes(
  expression: string,
  zone: string,
  { after, upTo, count }: { after: number; upTo: number; count: number },
): number[] {
  const reading = readCron(expression);
  if ('problem' in reading || !isTimeZone(zone)) return [];
  const found: number[] = [];
  // while the clock shows an hour for the second time, all of that hour has been
  for (const wall of wallTimesBefore(reading.schedule, wallClock(upTo, zone) + SET_BACK, after - LONGEST_OFFSET)) {
    const instant = instantAt(wall, zone);
    if (instant <= after || found.length >= count) break;
    if (instant <= upTo && instant !== found.at(-1)) found.push(instant);
  }
  return found;
}

/** No clock on a wall is farther than this from UTC. */
const LONGEST_OFFSET = DAY;

/** Times on the wall, as if there were no zones, from the minute of `start` on. */
function* wallTimes(schedule: CronSchedule, start: number): Generator<number> {
  const first = Math.floor(start / MINUTE) * MINUTE;
  const times = timesOfDay(schedule);
  const firstDay = Math.floor(first / DAY) * DAY;
  let until = firstDay + FARTHEST;
  for (let day = firstDay; day < until; day += DAY) {
    if (!runsOn(schedule, new Date(day))) continue;
    until = day + FARTHEST;
    for (const time of times) if (day + time >= first) yield day + time;
  }
}

/** Likewise backwards, from the minute of `start` on. */
function* wallTimesBefore(schedule: CronSchedule, start: number, end: number): Generator<number> {
  const times = timesOfDay(schedule).reverse();
  for (let day = Math.floor(start / DAY) * DAY; day + DAY > end; day -= DAY) {
    if (!runsOn(schedule, new Date(day))) continue;
    for (const time of times) if (day + time <= start) yield day + time;
  }
}

function timesOfDay({ hours, minutes }: CronSchedule): number[] {
  const times = [...hours].flatMap((hour) => [...minutes].map((minute) => hour * HOUR + minute * MINUTE));
  return times.sort((a, b) => a - b);
}

function runsOn({ months, isDay }: CronSchedule, date: Date): boolean {
  const month = date.getUTCMonth();
  if (!months.has(month + 1)) return false;
  const daysInMonth = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return isDay({ day: date.getUTCDate(), weekday: date.getUTCDay(), daysInMonth });
}
