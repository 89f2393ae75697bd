import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCron } from '../../../schemas/language/values/cron.ts';
import { latestTimes, nextTimes } from '../../../schemas/language/values/next-times.ts';
import { wallClock } from '../../../schemas/language/values/wall-clock.ts';

interface Case {
  name: string;
  input: { expression: string; timezone: string; after: string };
  params: { count: number };
  expected: { next?: string[]; error?: string };
}

const { cases }: { cases: Case[] } = JSON.parse(
  readFileSync(new URL('../../fixtures/vectors/cron.json', import.meta.url), 'utf8'),
);
const written = (instant: number) => new Date(instant).toISOString().replace('.000Z', 'Z');
const ZONES = ['UTC', 'Europe/Madrid', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/Havana'];

describe('the next times of a cron expression are those of the reference', () => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_, { input, params, expected }) => {
    const times = nextTimes(input.expression, input.timezone, Date.parse(input.after), params.count);
    if (expected.next) expect(times.map(written)).toEqual(expected.next);
    else {
      expect(times).toEqual([]);
      expect(readCron(input.expression)).toHaveProperty('problem');
    }
  });
});

describe('what is wrong with a cron expression', () => {
  it.each([
    ['60 * * * *', '`60` is not a minute: give 0 to 59.', '60'],
    ['0 25 * * *', '`25` is not an hour: give 0 to 23.', '25'],
    ['0 0 * 1,foo *', '`foo` is not a month: give 1 to 12 or `FEB`.', 'foo'],
    ['0 0 * * MON-XXX', '`XXX` is not a day of the week: give 0 to 7 or `MON`.', 'MON-XXX'],
    ['0 0 30 2 *', 'No month of these has that day, so this never runs: give a day that there is.', '30'],
    ['0 0 * * 1#6', 'A month has no 6th week: after `#` stands 1 to 5.', '1#6'],
    ['0 */x * * *', 'After `/` in `*/x` stands a whole number from 1.', '*/x'],
    ['5-1 * * * *', '`5-1` runs backwards: write the smaller first, or two ranges.', '5-1'],
    [
      '0 3 * *',
      'Five fields are needed: minute, hour, day of the month, month and day of the week, such as `0 3 * * *`; 4 stand here.',
      '0 3 * *',
    ],
    ['@dayly', '`@dayly` is not known: use `@hourly`, `@daily`, `@weekly`, `@monthly` or five fields.', '@dayly'],
  ])('of `%s` is told at its place', (expression, message, at) => {
    const reading = readCron(expression);
    expect('problem' in reading && reading.problem).toBe(message);
    expect('problem' in reading && expression.slice(...reading.span)).toBe(at);
  });

  it('is told of any text whatever, within it', () => {
    const pieces = fc.array(fc.constantFrom('*', '/', '-', ',', '#', 'L', '?', ' ', '0', '5', '31', 'mon', '@daily'));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          pieces.map((parts) => parts.join('')),
        ),
        (text) => {
          const reading = readCron(text);
          if (!('problem' in reading)) return;
          expect(reading.problem).toMatch(/\.$/);
          expect(reading.span[0]).toBeGreaterThanOrEqual(0);
          expect(reading.span[1]).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });
});

it('next times rise, are minutes, and go on from one another', () => {
  const expressions = ['*/7 * * * *', '30 2 * * *', '0 0 29 2 *', '15 1,2,3 * * 0', '0 12 L * *', '0 10 * * 5#2'];
  const from = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) });
  fc.assert(
    fc.property(fc.constantFrom(...expressions), fc.constantFrom(...ZONES), from, (expression, zone, start) => {
      const times = nextTimes(expression, zone, start, 4);
      expect(times).toHaveLength(4);
      times.forEach((time, at) => {
        expect(time).toBeGreaterThan(times[at - 1] ?? start);
        expect(time % 60_000).toBe(0);
      });
      expect(nextTimes(expression, zone, times[1] ?? 0, 2)).toEqual(times.slice(2));
    }),
    { numRuns: 200 },
  );
});

/** What the clock shows minute by minute: slow, and written without looking at the method. */
function shownBetween(zone: string, from: number, to: number): { at: number; wall: number }[] {
  const shown: { at: number; wall: number }[] = [];
  for (let at = from; at <= to; at += 60_000) shown.push({ at, wall: wallClock(at, zone) });
  return shown;
}

/** When the expression runs from `from` on, of a clock that has been looked at for longer. */
function watched(expression: string, shown: ReturnType<typeof shownBetween>, from: number): number[] {
  const reading = readCron(expression);
  if ('problem' in reading) return [];
  const { minutes, hours, months, isDay } = reading.schedule;
  const fits = (wall: number) => {
    const date = new Date(wall);
    const daysInMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    const day = { day: date.getUTCDate(), weekday: date.getUTCDay(), daysInMonth };
    return (
      minutes.has(date.getUTCMinutes()) &&
      hours.has(date.getUTCHours()) &&
      months.has(date.getUTCMonth() + 1) &&
      isDay(day)
    );
  };
  let latest = shown[0]?.wall ?? 0;
  const found: number[] = [];
  for (const { at, wall } of shown) {
    const passed: number[] = [];
    for (let minute = latest + 60_000; minute <= wall; minute += 60_000) passed.push(minute);
    latest = Math.max(latest, wall);
    if (at >= from && passed.some(fits)) found.push(at);
  }
  return found;
}

/** Days on which clocks are set, by an hour, half an hour or at midnight; and one on which they are not. */
const DAYS: readonly [zone: string, day: number][] = [
  ['Europe/Madrid', Date.UTC(2027, 2, 28)],
  ['Europe/Madrid', Date.UTC(2027, 9, 31)],
  ['America/New_York', Date.UTC(2027, 10, 7)],
  ['Australia/Lord_Howe', Date.UTC(2027, 3, 3)],
  ['Australia/Lord_Howe', Date.UTC(2027, 9, 2)],
  ['America/Havana', Date.UTC(2027, 2, 14)],
  ['America/Santiago', Date.UTC(2027, 8, 5)],
  ['Asia/Kolkata', Date.UTC(2027, 5, 1)],
];

describe('around the day on which clocks are set', () => {
  const field = fc.constantFrom('*/7', '*/15', '0', '30', '10,40');
  const hour = fc.constantFrom('*', '0', '1', '2', '3', '1-3', '23', '*/6');
  const expression = fc.tuple(field, hour).map(([minute, at]) => `${minute} ${at} * * *`);

  it.each(DAYS)('in %s times are those at which a watched clock comes to them, or past them (%#)', (zone, day) => {
    const [from, to] = [day - 10 * 3_600_000, day + 34 * 3_600_000];
    const shown = shownBetween(zone, from - 6 * 3_600_000, to);
    fc.assert(
      fc.property(expression, (cron) => {
        const times = watched(cron, shown, from);
        expect(nextTimes(cron, zone, from - 1, times.length)).toEqual(times);
        expect(nextTimes(cron, zone, from - 1, times.length + 1).at(-1)).toBeGreaterThan(to);
      }),
      { numRuns: 15 },
    );
  });

  it.each(DAYS)('in %s what comes next from there is what was last from behind (%#)', (zone, day) => {
    const offset = fc.integer({ min: -6 * 3_600_000, max: 30 * 3_600_000 });
    fc.assert(
      fc.property(expression, offset, fc.integer({ min: 1, max: 20 }), (cron, at, count) => {
        const after = day + at;
        const times = nextTimes(cron, zone, after, count);
        const upTo = times.at(-1) ?? after;
        expect(latestTimes(cron, zone, { after, upTo, count: count + 1 })).toEqual(times.toReversed());
        const later = upTo + 50 * 60_000;
        const until = nextTimes(cron, zone, after, count + 12).filter((time) => time <= later);
        expect(latestTimes(cron, zone, { after, upTo: later, count: 100 })).toEqual(until.reverse());
      }),
      { numRuns: 25 },
    );
  });
});

it('an unknown zone has no times, and a clock shows what its zone shows', () => {
  expect(nextTimes('* * * * *', 'Europe/Madird', 0, 3)).toEqual([]);
  expect(latestTimes('* * * * *', 'Europe/Madird', { after: 0, upTo: 600_000, count: 3 })).toEqual([]);
  expect(wallClock(Date.UTC(2027, 5, 1, 12), 'Europe/Madrid')).toBe(Date.UTC(2027, 5, 1, 14));
});
