import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../daemon/base/random.ts';
import { columnDrift } from '../../../daemon/monitoring/columns/column-drift.ts';
import type { Cell } from '../../../daemon/monitoring/columns/prepare.ts';
import { kindOf, prepareColumn } from '../../../daemon/monitoring/columns/prepare.ts';
import { driftedShare, driftSentence, mostDriftedFirst } from '../../../daemon/monitoring/report.ts';
import type { DriftRules } from '../../../daemon/monitoring/rules.ts';
import { DEFAULT_RULES } from '../../../daemon/monitoring/rules.ts';
import type { ColumnDrift } from '../../../schemas/wire/monitoring.ts';

const next = seededRandom(5);
const uniform = (n: number, from = 0) => Array.from({ length: n }, () => from + next());
const pick = (n: number, values: string[]) =>
  Array.from({ length: n }, () => values[Math.floor(next() * values.length)] ?? '');

function compare(reference: readonly Cell[], current: readonly Cell[], rules: Partial<DriftRules> = {}): ColumnDrift {
  const kind = kindOf(reference);
  return columnDrift('x', prepareColumn(kind, reference), prepareColumn(kind, current), { ...DEFAULT_RULES, ...rules });
}

describe('a column of numbers', () => {
  test('drifts when KS is over the threshold and no chance', () => {
    const column = compare(uniform(500), uniform(500, 0.3));
    expect(column).toMatchObject({ kind: 'number', state: 'drift', test: 'ks', effect_name: 'KS', threshold: 0.1 });
    expect(column.effect).toBe(column.statistic);
    expect(column.effect).toBeGreaterThan(0.1);
    expect(column.p_value).toBeLessThan(0.05);
    expect(column.psi).toBeGreaterThan(0);
  });

  test('does not drift by a difference that is certain but small', () => {
    const column = compare(uniform(20_000), uniform(20_000, 0.05));
    expect(column.p_value).toBeLessThan(1e-6);
    expect(column.state).toBe('ok');
  });

  test('does not drift by a difference that is large but may be chance, and says so', () => {
    const column = compare([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 7]);
    expect(column.effect).toBeGreaterThan(0.1);
    expect(column).toMatchObject({ state: 'ok', note: 'may be chance: p is not below 0.05' });
  });

  test('is drawn over at most 20 bins with round edges that hold every row', () => {
    const { bins } = compare(uniform(400), uniform(300, 0.2));
    expect(bins?.labels.length).toBeLessThanOrEqual(20);
    expect(bins?.labels.slice(0, 2)).toEqual(['0 – 0.1', '0.1 – 0.2']);
    expect(bins?.reference.reduce((sum, count) => sum + count)).toBe(400);
    expect(bins?.current.reduce((sum, count) => sum + count)).toBe(300);
  });

  test('keeps far values from pressing the picture into one bin', () => {
    const { bins } = compare([...uniform(500), 1e9], uniform(500));
    expect(bins?.labels.at(-1)).toBe('≥ 1');
    expect(bins?.reference.at(-1)).toBe(1);
  });

  test('with few different values is drawn value by value', () => {
    const { bins } = compare([1, 1, 2, 3, 3], [1, 2, 2, 4, 4]);
    expect(bins).toEqual({ labels: ['1', '2', '3', '4'], reference: [2, 1, 2, 0], current: [1, 2, 0, 2] });
  });
});

describe('a column of categories', () => {
  test('drifts when PSI reaches the threshold and chi-square finds it no chance', () => {
    const column = compare(pick(400, ['a', 'b']), pick(400, ['a', 'b', 'b', 'b']));
    expect(column).toMatchObject({ kind: 'category', state: 'drift', test: 'chi_square', effect_name: 'PSI' });
    expect(column.effect).toBe(column.psi);
  });

  test('names new categories and stays JSON although the statistic is infinite', () => {
    const column = compare(pick(100, ['a', 'b']), [...pick(80, ['a', 'b']), ...pick(20, ['z'])]);
    expect(column).toMatchObject({ state: 'drift', statistic: null, p_value: 0, note: 'new: z' });
  });

  test('is drawn in the order of the reference, the rare ones together', () => {
    const names = Array.from({ length: 30 }, (_, k) => `c${String(k).padStart(2, '0')}`);
    const reference = names.flatMap((name, k) => Array.from({ length: 40 - k }, () => name));
    const { bins } = compare(reference, [...reference, ...pick(400, ['fresh'])]);
    expect(bins?.labels).toHaveLength(12);
    expect(bins?.labels[0]).toBe('c00');
    expect(bins?.labels).toContain('fresh');
    expect(bins?.labels.at(-1)).toBe('other (20 categories)');
    expect(bins?.reference.reduce((sum, count) => sum + count)).toBe(reference.length);
  });
});

describe('where no test makes sense, a plain state says why', () => {
  test.for<[string, Cell[], Cell[], string]>([
    ['constant', [5, 5, 5, 5, 5], [5, 5, 5, 5, 5, 5], 'constant: always 5'],
    ['empty now', [1, 2, 3, 4, 5], [null, null, Number.NaN], 'empty in the current data'],
    ['empty before', [null, null], ['a', 'b'], 'empty in the reference'],
    ['too few', ['a', 'b', 'a', 'b', 'a'], ['a', 'b'], 'too few rows: 2 in the current data, 5 needed'],
  ])('%s', ([, reference, current, note]) => {
    expect(compare(reference, current)).toMatchObject({
      state: 'unknown',
      note,
      statistic: null,
      p_value: null,
      effect: null,
      psi: null,
    });
  });

  test('absent', () => {
    const column = prepareColumn('number', uniform(10));
    expect(columnDrift('x', column, undefined, DEFAULT_RULES).note).toBe('not in the current data');
    expect(columnDrift('x', undefined, column, DEFAULT_RULES).note).toBe('not in the reference');
  });

  test('a constant that became another constant is drift, not unknown', () => {
    expect(compare(Array(20).fill(1), Array(20).fill(2)).state).toBe('drift');
  });

  test('more missing values than before are mentioned', () => {
    const column = compare(uniform(100), [...uniform(60), ...Array(40).fill(null)], { threshold: 0.5 });
    expect(column.note).toBe('40 % missing (reference: 0 %)');
  });
});

describe('whatever the values are', () => {
  const cell = fc.oneof(
    fc.double(),
    fc.integer({ min: -2, max: 2 }),
    fc.constantFrom('a', 'b', '', 'constructor', '__proto__'),
    fc.constant(null),
    fc.boolean(),
  );
  const column = fc.oneof(
    fc.array(fc.double(), { maxLength: 60 }),
    fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 60 }),
    fc.array(cell, { maxLength: 40 }),
  );
  const rules = fc.constantFrom('auto', 'ks', 'chi_square', 'psi');

  test('the answer is JSON as it stands: no NaN, no infinity', () => {
    fc.assert(
      fc.property(column, column, rules, fc.constantFrom(1, 5), (a, b, test, minRows) => {
        const answer = compare(a as Cell[], b as Cell[], { test: test as DriftRules['test'], minRows });
        expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
        if (answer.state === 'drift') expect(answer.effect).not.toBeNull();
        expect(answer.bins?.labels.length ?? 0).toBeLessThanOrEqual(20);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the report', () => {
  const columns = (values: Record<string, Cell[]>) =>
    new Map(Object.entries(values).map(([name, cells]) => [name, prepareColumn(kindOf(cells), cells)]));
  const driftReport = (before: ReturnType<typeof columns>, now: ReturnType<typeof columns>) =>
    mostDriftedFirst([...before].map(([name, column]) => columnDrift(name, column, now.get(name), DEFAULT_RULES)));
  const reference = columns({ calm: uniform(300), far: uniform(300), near: uniform(300), same: Array(300).fill(1) });
  const current = columns({
    calm: uniform(300),
    far: uniform(300, 0.8),
    near: uniform(300, 0.3),
    same: Array(300).fill(1),
  });

  test('has the most drifted column first and the unknown ones last', () => {
    const report = driftReport(reference, current);
    expect(report.map(({ name }) => name)).toEqual(['far', 'near', 'calm', 'same']);
    expect(driftedShare(report)).toBe(0.5);
    expect(driftSentence(report, 1000)).toBe('2 of 4 columns drifted in the last 1,000 requests; most: far');
  });

  test('says in one sentence that nothing drifted, or that nothing could be compared', () => {
    expect(driftSentence(driftReport(reference, reference), 250)).toBe(
      'No drift in 4 columns over the last 250 requests',
    );
    const same = columns({ same: Array(300).fill(1) });
    expect(driftSentence(driftReport(same, same), 250)).toBe('No column could be compared over the last 250 requests');
  });
});
