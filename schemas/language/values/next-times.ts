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

/** Times on the wall, as if there were no zones, from the minute of `start` on. */
function* wallTimes(schedule: CronSchedule, start: number): Generator<number> {
  const first = Math.floor(start / MINUTE) * MINUTE;
  const hours = [...schedule.hours].sort((a, b) => a - b);
  const minutes = [...schedule.minutes].sort((a, b) => a - b);
  const firstDay = Math.floor(first / DAY) * DAY;
  let until = firstDay + FARTHEST;
  for (let day = firstDay; day < until; day += DAY) {
    if (!runsOn(schedule, new Date(day))) continue;
    until = day + FARTHEST;
    for (const hour of hours) {
      for (const minute of minutes) {
        const wall = day + hour * HOUR + minute * MINUTE;
        if (wall >= first) yield wall;
      }
    }
  }
}

function runsOn({ months, isDay }: CronSchedule, date: Date): boolean {
  const month = date.getUTCMonth();
  if (!months.has(month + 1)) return false;
  const daysInMonth = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return isDay({ day: date.getUTCDate(), weekday: date.getUTCDay(), daysInMonth });
}
