import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mlflowRecords } from '../../../daemon/serving/host/mlflow-input.ts';

const ROWS = [
  { age: 1, plan: 'pro' },
  { age: 2, plan: 'basic' },
];

test.each<[string, object]>([
  ['dataframe_records', ROWS],
  [
    'dataframe_split',
    {
      columns: ['age', 'plan'],
      data: [
        [1, 'pro'],
        [2, 'basic'],
      ],
    },
  ],
  [
    'dataframe_split',
    {
      index: [0, 1],
      columns: ['age', 'plan'],
      data: [
        [1, 'pro'],
        [2, 'basic'],
      ],
    },
  ],
  ['instances', ROWS],
  ['inputs', { age: [1, 2], plan: ['pro', 'basic'] }],
  ['inputs', { age: [[1], [2]], plan: [['pro'], ['basic']] }],
  ['inputs', ROWS],
])('%s gives the rows', (format, value) => {
  expect(mlflowRecords({ [format]: value })).toEqual(ROWS);
  expect(mlflowRecords({ [format]: value, params: { anything: 1 } })).toEqual(ROWS);
});

test.each<[string, unknown, string]>([
  ['a bare list', ROWS, 'Send a JSON object with one of'],
  ['nothing', {}, 'Send exactly one of'],
  ['only params', { params: {} }, 'the body has none'],
  ['two formats', { instances: ROWS, inputs: {} }, 'the body has "instances", "inputs"'],
  ['an unknown format', { rows: ROWS }, 'the body has "rows"'],
  ['a name every object has', { constructor: ROWS }, 'the body has "constructor"'],
  ['a short row', { dataframe_split: { columns: ['a', 'b'], data: [[1]] } }, 'Row 1 of "data" does not have one value'],
  ['a column twice', { dataframe_split: { columns: ['a', 'a'], data: [] } }, 'names a column twice'],
  ['columns of unlike length', { inputs: { a: [1, 2], b: [1] } }, 'The column "b" has 1 values, the first one 2.'],
  ['a column that is no list', { inputs: { a: 1 } }, 'no list for the column "a"'],
  ['records that are no objects', { dataframe_records: [1] }, 'is a list of JSON objects'],
])('%s is refused', (_, body, message) => {
  expect(() => mlflowRecords(body)).toThrow(message);
});

test('split and records say the same, whatever the columns are called', () => {
  const columns = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 5 });
  const table = columns.chain((names) =>
    fc.tuple(
      fc.constant(names),
      fc.array(fc.array(fc.integer(), { minLength: names.length, maxLength: names.length })),
    ),
  );
  fc.assert(
    fc.property(table, ([names, data]) => {
      const records = data.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
      expect(mlflowRecords({ dataframe_split: { columns: names, data } })).toEqual(records);
      expect(mlflowRecords({ dataframe_records: records })).toEqual(records);
    }),
  );
});
