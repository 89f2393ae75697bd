import { describe, expect, test } from 'vitest';
import type { Cell, Fold } from '../../../../daemon/sweeps/folds/fold.ts';
import { classesOf } from '../../../../daemon/sweeps/folds/fold.ts';
import type { FoldData } from '../../../../daemon/sweeps/folds/folds.ts';
import { foldsOf } from '../../../../daemon/sweeps/folds/folds.ts';
import { holdoutSizes } from '../../../../daemon/sweeps/folds/holdout.ts';
import type { FoldSettings } from '../../../../schemas/language/grammar/folds.ts';
import type { Case } from '../../../support/vectors.ts';
import { casesOf } from '../../../support/vectors.ts';

const KINDS: Record<string, FoldSettings['kind']> = {
  kfold: 'kfold',
  stratified_kfold: 'stratified',
  group_kfold: 'grouped',
  stratified_group_kfold: 'stratified_grouped',
  leave_one_group_out: 'leave_one_group_out',
  time_series: 'time_series',
  holdout_stratified: 'holdout',
};

const all = casesOf('cross-validation').map((one) => [one.name, one] as const);
const divided = all.filter(([, { params }]) => params.kind !== 'holdout_sizes');

function divide({ input, params }: Case): Fold[] {
  const kind = KINDS[String(params.kind)];
  if (!kind) throw new Error(`no kind for ${params.kind}`);
  const splits = params.splits ?? params.n_splits;
  const number = (key: string) => (typeof params[key] === 'number' ? params[key] : undefined);
  const [target, group] = [input.y as Cell[] | undefined, input.groups as Cell[] | undefined];
  const rows = Number(input.n ?? (target ?? group)?.length);
  const settings: FoldSettings = { kind, data: 'data.csv', ...(splits !== undefined && { k: Number(splits) }) };
  const optional: Partial<FoldSettings> = {
    gap: number('gap'),
    test_rows: kind === 'time_series' ? number('test_size') : undefined,
    max_train_rows: number('max_train_size'),
    share: kind === 'holdout' ? number('test_size') : undefined,
  };
  const data: FoldData = { rows, ...(target && { target }), ...(group && { group }) };
  return foldsOf({ ...settings, ...optional }, data);
}

const lists = (folds: Fold[], part: keyof Fold) => folds.map((fold) => [...fold[part]]);
const countsOf = (cells: Cell[], rows: Iterable<number>, classes: Cell[]) => {
  const held = [...rows].map((row) => cells[row]);
  return classes.map((one) => held.filter((cell) => cell === one).length);
};

type Check = (folds: Fold[], wanted: never, input: Case['input']) => void;

/** What the reference values may say of folds. */
const CHECKS: Record<string, Check> = {
  test: (folds, wanted) => expect(lists(folds, 'test')).toEqual(wanted),
  test_without_shuffle: (folds, wanted) => expect(lists(folds, 'test')).toEqual(wanted),
  splits: (folds, wanted) =>
    expect(folds.map((fold) => ({ train: [...fold.train], test: [...fold.test] }))).toEqual(wanted),
  fold_sizes: (folds, wanted) => expect(folds.map((fold) => fold.test.length)).toEqual(wanted),
  groups_per_fold: (folds, wanted, { groups }) => {
    const held = folds.map((fold) => [...new Set([...fold.test].map((row) => Object(groups)[row]))].sort());
    expect(held).toEqual(wanted);
  },
  counts_per_fold: (folds, wanted, { y }) => {
    const classes = [...new Set(y as Cell[])].sort();
    expect(folds.map((fold) => countsOf(y as Cell[], fold.test, classes))).toEqual(wanted);
  },
  library_class_counts: (folds, wanted, { y }) =>
    expect(folds.map((fold) => countsOf(y as Cell[], fold.test, [0, 1]))).toEqual(wanted),
  test_counts: (folds, wanted, { y }) => expectNear(y as Cell[], folds[0]?.test ?? [], wanted),
  train_counts: (folds, wanted, { y }) => expectNear(y as Cell[], folds[0]?.train ?? [], wanted),
};

/** Counts may differ by one where the share does not come out even. */
function expectNear(cells: Cell[], rows: Iterable<number>, wanted: Record<string, number>): void {
  const got = countsOf(cells, rows, Object.keys(wanted).map(Number));
  for (const [index, count] of Object.values(wanted).entries())
    expect(Math.abs((got[index] ?? Number.NaN) - count)).toBeLessThanOrEqual(1);
}

describe('rows are divided as the reference divides them', () => {
  const refused = divided.filter(([, { expected }]) => 'error' in expected);
  test.for(refused)('%s is refused', ([, one]) => {
    expect(() => divide(one)).toThrow(expect.objectContaining({ code: 'FOLDS_IMPOSSIBLE' }));
  });

  const done = divided.filter(([, { expected }]) => !('error' in expected));
  test.for(done)('%s', ([, one]) => {
    const folds = divide(one);
    const said: Record<string, unknown> = { ...one.expected, ...Object(one.expected.property) };
    const checked = Object.entries(said).filter(([key]) => CHECKS[key]);
    expect(checked).not.toEqual([]);
    for (const [key, wanted] of checked) CHECKS[key]?.(folds, wanted as never, one.input);
  });

  const sizes = all.filter(([, { params }]) => params.kind === 'holdout_sizes');
  test.for(sizes)('%s', ([, { input, params, expected }]) => {
    const got = () => holdoutSizes(Number(input.n), Number(params.test_size));
    if ('error' in expected) expect(got).toThrow(expect.objectContaining({ code: 'FOLDS_IMPOSSIBLE' }));
    else expect(got()).toEqual({ train: expected.train, test: expected.test });
  });
});

test('numbers and texts that look alike are classes of their own', () => {
  expect(classesOf([1, '1', true, 'true', null]).sizes).toEqual([1, 1, 1, 1, 1]);
});
