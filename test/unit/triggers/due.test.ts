import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Times } from '../../../daemon/triggers/schedules/due.ts';
import { dueSince, nextDue } from '../../../daemon/triggers/schedules/due.ts';
import { nextTimes } from '../../../schemas/language/values/next-times.ts';

const at = (text: string) => Date.parse(`2026-11-${text}Z`);
const DAILY: Times = { cron: '0 3 * * *', timezone: 'UTC', catchup: 'one' };
const HOURLY: Times = { ...DAILY, cron: '0 * * * *' };
const NOTHING = { runs: [], missed: null };

describe('a schedule', () => {
  it('runs when its time comes, once', () => {
    expect(dueSince(DAILY, at('20T12:00'), at('21T02:59:59'))).toEqual(NOTHING);
    expect(dueSince(DAILY, at('20T12:00'), at('21T03:00:00.004'))).toEqual({
      runs: [{ at: at('21T03:00'), missed: false }],
      missed: null,
    });
    expect(dueSince(DAILY, at('21T03:00:00.004'), at('21T03:00:30'))).toEqual(NOTHING);
  });

  it('has nothing to do when the clock was set back', () => {
    expect(dueSince(DAILY, at('21T03:00'), at('21T02:00'))).toEqual(NOTHING);
  });

  it('tells when it runs next', () => {
    expect(nextDue(DAILY, at('21T03:00'))).toBe(at('22T03:00'));
  });
});

describe('what was missed', () => {
  const [since, now] = [at('20T00:30'), at('20T04:30')];

  it('is made up for by one run', () => {
    expect(dueSince(HOURLY, since, now)).toEqual({
      runs: [{ at: at('20T04:00'), missed: true }],
      missed: { newest: at('20T03:00'), count: 3, countless: false },
    });
  });

  it('is not run with none, and told', () => {
    expect(dueSince({ ...HOURLY, catchup: 'none' }, since, now)).toEqual({
      runs: [],
      missed: { newest: at('20T04:00'), count: 4, countless: false },
    });
  });

  it('is all run with all, the oldest first', () => {
    const { runs, missed } = dueSince({ ...HOURLY, catchup: 'all' }, since, now);
    expect(runs.map((run) => run.at)).toEqual(['20T01:00', '20T02:00', '20T03:00', '20T04:00'].map(at));
    expect(missed).toBeNull();
  });

  it('is made up for by the run that is due at this moment', () => {
    const both = dueSince({ ...HOURLY, catchup: 'one' }, since, at('20T04:00:01'));
    expect(both.runs).toEqual([{ at: at('20T04:00'), missed: false }]);
    expect(both.missed?.count).toBe(3);
    expect(dueSince({ ...HOURLY, catchup: 'none' }, since, at('20T04:00:01'))).toEqual(both);
  });

  it('is never more than a hundred runs, and looked at in no time after a year', () => {
    const minutely: Times = { cron: '* * * * *', timezone: 'Europe/Madrid', catchup: 'all' };
    const { runs, missed } = dueSince(minutely, at('20T00:00') - 365 * 86_400_000, at('20T00:00'));
    expect(runs).toHaveLength(100);
    expect(missed).toMatchObject({ count: 100, countless: true });
  });
});

it('however often somebody looks, each time is dealt with exactly once', () => {
  const schedules = fc.record({
    cron: fc.constantFrom('*/20 * * * *', '5 * * * *', '30 2 * * *'),
    timezone: fc.constantFrom('UTC', 'Europe/Madrid'),
    catchup: fc.constantFrom('none' as const, 'one' as const, 'all' as const),
  });
  // two days around the end of summer time
  const looks = fc.array(fc.integer({ min: 1, max: 90 * 60_000 }), { maxLength: 40 });
  fc.assert(
    fc.property(schedules, looks, (schedule, steps) => {
      const begin = Date.UTC(2026, 9, 24, 12, 0, 30);
      let seen = begin;
      let dealtWith = 0;
      const runs: number[] = [];
      for (const step of steps) {
        const due = dueSince(schedule, seen, seen + step);
        seen += step;
        runs.push(...due.runs.map((run) => run.at));
        dealtWith += due.runs.length + (due.missed?.count ?? 0);
      }
      expect(new Set(runs).size).toBe(runs.length);
      expect(runs).toEqual(runs.toSorted((a, b) => a - b));
      expect(dealtWith).toBe(
        nextTimes(schedule.cron, schedule.timezone, begin, 200).filter((one) => one <= seen).length,
      );
    }),
    { numRuns: 40 },
  );
});
