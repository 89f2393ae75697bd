import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fold } from '../../../../daemon/sweeps/folds/fold.ts';
import { foldsOf } from '../../../../daemon/sweeps/folds/folds.ts';
import type { FoldSettings } from '../../../../schemas/language/grammar/folds.ts';

const FILE = { data: 'data.csv' };
const row = fc.record({
  target: fc.constantFrom('a', 'b', 'c'),
  group: fc.integer({ min: 0, max: 8 }),
  at: fc.integer(),
});
const data = fc.array(row, { minLength: 30, maxLength: 120 });
const options = fc.record({ k: fc.integer({ min: 2, max: 5 }), shuffle: fc.boolean(), seed: fc.nat(1000) });

type Rows = { target: string; group: number; at: number }[];
const dividing = (settings: Omit<FoldSettings, 'data'>, rows: Rows): Fold[] | null => {
  try {
    return foldsOf(
      { ...FILE, ...settings },
      {
        rows: rows.length,
        target: rows.map(({ target }) => target),
        group: rows.map(({ group }) => group),
        by: rows.map(({ at }) => at),
      },
    );
  } catch (thrown) {
    // too few classes or groups, which is told
    expect(thrown).toMatchObject({ code: 'FOLDS_IMPOSSIBLE' });
    return null;
  }
};
const all = (count: number) => [...Array(count).keys()];

describe('folds', () => {
  const partitioning = ['kfold', 'stratified', 'grouped', 'stratified_grouped', 'leave_one_group_out'] as const;

  test.each(partitioning)('of kind %s test with each row once, and train on all others', (kind) => {
    fc.assert(
      fc.property(data, options, (rows, said) => {
        const folds = dividing({ kind, ...said }, rows);
        fc.pre(folds !== null);
        expect(folds.flatMap(({ test: rowsOf }) => [...rowsOf]).sort((a, b) => a - b)).toEqual(all(rows.length));
        for (const { train, test: tested } of folds) {
          expect([...train, ...tested].sort((a, b) => a - b)).toEqual(all(rows.length));
          expect(tested.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  test.each(['grouped', 'stratified_grouped', 'leave_one_group_out'] as const)(
    'of kind %s never part a group',
    (kind) => {
      fc.assert(
        fc.property(data, options, (rows, said) => {
          const folds = dividing({ kind, ...said }, rows);
          fc.pre(folds !== null);
          for (const { train, test: tested } of folds) {
            const trained = new Set([...train].map((at) => rows[at]?.group));
            expect([...tested].filter((at) => trained.has(rows[at]?.group))).toEqual([]);
          }
        }),
        { numRuns: 60 },
      );
    },
  );

  test('of kind time_series train on what was before what they test with, and test with no row twice', () => {
    fc.assert(
      fc.property(data, options, fc.nat(3), (rows, { k }, gap) => {
        const folds = dividing({ kind: 'time_series', k, gap, by: 'at' }, rows);
        fc.pre(folds !== null);
        const tested = folds.flatMap(({ test: rowsOf }) => [...rowsOf]);
        expect(new Set(tested).size).toBe(tested.length);
        for (const fold of folds) {
          const times = (part: Uint32Array) => [...part].map((at) => rows[at]?.at ?? 0);
          expect(Math.max(...times(fold.train))).toBeLessThanOrEqual(Math.min(...times(fold.test)));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('of kind holdout are one, whose two parts are all rows', () => {
    fc.assert(
      fc.property(data, options, fc.double({ min: 0.1, max: 0.9, noNaN: true }), (rows, { seed }, share) => {
        const [fold, second] = dividing({ kind: 'holdout', share, seed }, rows) ?? [];
        fc.pre(fold !== undefined);
        expect(second).toBeUndefined();
        expect([...fold.train, ...fold.test].sort((a, b) => a - b)).toEqual(all(rows.length));
      }),
      { numRuns: 60 },
    );
  });
});
