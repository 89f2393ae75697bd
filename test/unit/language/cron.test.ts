import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCron } from '../../../schemas/language/values/cron.ts';
import { nextTimes } from '../../../schemas/language/values/next-times.ts';
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

it('an unknown zone has no times, and a clock shows what its zone shows', () => {
  expect(nextTimes('* * * * *', 'Europe/Madird', 0, 3)).toEqual([]);
  expect(wallClock(Date.UTC(2027, 5, 1, 12), 'Europe/Madrid')).toBe(Date.UTC(2027, 5, 1, 14));
});
