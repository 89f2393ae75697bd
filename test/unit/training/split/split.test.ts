import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withTable } from '../../../../daemon/data/index.ts';
import { splitData } from '../../../../daemon/training/split/split.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../../support/temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace({ name: AWKWARD_NAME });
});
afterEach(() => workspace.dispose());

const ROWS = ['id,año,"a ""b""",y', '1,2019,x,p', '2,2020,"é, 日",q', '3,2019,,p', '4,2021,z,q', '5,2018,w,'].join(
  '\n',
);

function settings(more: object) {
  workspace.write('data [1].csv', `${ROWS}\n`);
  return {
    data: workspace.path('data [1].csv'),
    train: workspace.path('build', 'train.csv'),
    test: workspace.path('build', 'test.parquet'),
    ...more,
  };
}

test('rows keep their order, their values and their columns, whatever these are called', async () => {
  const result = await splitData(settings({ by: 'año', train_until: 2019, test_until: 2020 }));
  expect(result).toEqual({ train: 3, test: 1, leftOut: 1 });
  expect(workspace.read('build/train.csv')).toBe('id,año,"a ""b""",y\n1,2019,x,p\n3,2019,,p\n5,2018,w,\n');
  await withTable(workspace.path('build/test.parquet'), async (table) => {
    expect(table.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['id', 'integer'],
      ['año', 'integer'],
      ['a "b"', 'text'],
      ['y', 'text'],
    ]);
    expect(await table.texts('a "b"')).toEqual(['é, 日']);
  });
});

test('the same seed writes the same bytes', async () => {
  const chance = { target: 'y', share: 0.4, seed: 9 };
  await splitData(settings(chance));
  const written = () => ['train.csv', 'test.parquet'].map((name) => readFileSync(workspace.path('build', name), 'hex'));
  const first = written();
  await splitData(settings(chance));
  expect(written()).toEqual(first);
});

test.each([
  ['`by` without a limit', { by: 'año' }, 'INVALID_PARAMETER_VALUE', 'train_until'],
  ['a limit that is no number', { by: 'año', train_until: 'x' }, 'INVALID_PARAMETER_VALUE', 'must be a number'],
  ['nothing to test with', { by: 'año', train_until: 2030 }, 'TRAINING_DATA_UNFIT', 'to test with'],
  ['nothing to train on', { by: 'año', train_until: 1999 }, 'TRAINING_DATA_UNFIT', 'to train on'],
  ['a column that is not there', { by: 'year', train_until: 1 }, 'DATA_COLUMN_MISSING', 'it has: id, año'],
  ['an out of no known kind', { train: 'train.xlsx' }, 'INVALID_PARAMETER_VALUE', '.parquet or .csv'],
])('%s is refused with what is wrong', async (_name, more, code, words) => {
  await expect(splitData(settings(more))).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
});
