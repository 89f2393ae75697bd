import { readdirSync, readFileSync } from 'node:fs';
import { Value } from 'typebox/value';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { evaluateModel } from '../../../../daemon/training/evaluate/evaluate.ts';
import type { TrainSettings } from '../../../../daemon/training/train/train.ts';
import { trainModel } from '../../../../daemon/training/train/train.ts';
import { ReferenceColumns, Signature } from '../../../../schemas/model.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../../support/temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace({ name: AWKWARD_NAME });
});
afterEach(() => workspace.dispose());

/** Two classes that `size` and `colour` tell apart. */
function rows(count: number): string[] {
  return Array.from(
    { length: count },
    (_, i) => `${i % 10},${i % 3 === 0 ? 'red' : 'blue'},${i % 10 > 4 ? 'big' : 'small'}`,
  );
}

function settings(csv: string[], more: Partial<TrainSettings> = {}): TrainSettings {
  workspace.write('data.csv', `${csv.join('\n')}\n`);
  return { data: workspace.path('data.csv'), target: 'y', out: workspace.path('build/model'), ...more };
}

const plain = (count = 100) => ['größe,colour,y', ...rows(count)];
const json = (file: string): unknown => JSON.parse(workspace.read(`build/model/${file}`));

test('a model folder has the graph, its signature and a sample of the rows', async () => {
  await trainModel(settings(plain()));
  expect(readdirSync(workspace.path('build'))).toEqual(['model']);
  const signature = Value.Parse(Signature, json('signature.json'));
  expect(signature).toEqual({
    inputs: [
      { name: 'größe', kind: 'number', min: 0, max: 9, integer: true, example: 0 },
      { name: 'colour', kind: 'category', categories: ['blue', 'red'], example: 'red' },
    ],
    target: 'y',
    classes: ['big', 'small'],
    outputs: { label: 'label', probabilities: 'probabilities' },
  });
  const reference = Value.Parse(ReferenceColumns, json('reference.json'));
  expect(reference.rows).toBe(100);
  expect(reference.columns.größe?.slice(0, 3)).toEqual([0, 1, 2]);
});

test('the reference is a sample of at most 5,000 rows', async () => {
  await trainModel(settings(plain(6000), { epochs: 1 }));
  const reference = Value.Parse(ReferenceColumns, json('reference.json'));
  expect(reference.rows).toBe(5000);
  expect(reference.columns.colour).toHaveLength(5000);
});

test('missing values are null in the reference and filled in by the graph', async () => {
  const csv = ['größe,colour,y', ...rows(60), ',red,big', '3,,small', ',,small'];
  await trainModel(settings(csv));
  const reference = Value.Parse(ReferenceColumns, json('reference.json'));
  expect(reference.columns.größe?.slice(-3)).toEqual([null, 3, null]);
  expect(reference.columns.colour?.slice(-2)).toEqual([null, null]);
  const evaluation = await evaluateModel({ model: workspace.path('build/model'), data: workspace.path('data.csv') });
  expect(evaluation.rows).toBe(63);
  expect(evaluation.accuracy).toBeGreaterThan(0.95);
});

test('the same rows give the same bytes', async () => {
  const same = settings(plain());
  await trainModel(same);
  const first = readFileSync(workspace.path('build/model/model.onnx'));
  await trainModel(same);
  expect(readFileSync(workspace.path('build/model/model.onnx')).equals(first)).toBe(true);
});

test('an empty column and rows without a target are left out, and said so', async () => {
  const notes: string[] = [];
  const csv = ['größe,nothing,colour,y', '1,,red,', ...rows(40).map((row) => row.replace(',', ',,'))];
  const result = await trainModel(settings(csv), { note: (sentence) => notes.push(sentence) });
  expect(result).toMatchObject({ rows: 40, inputs: 2 });
  expect(notes).toEqual(['1 rows without "y" are left out', 'column "nothing" has no values and is left out']);
});

test('whole numbers and truth values can be classes', async () => {
  await trainModel(settings(['x,y', '1,0', '2,1', '3,0', '4,1']));
  expect(Value.Parse(Signature, json('signature.json')).classes).toEqual(['0', '1']);
  await trainModel(settings(['x,y', '1,true', '2,false', '3,true']));
  expect(Value.Parse(Signature, json('signature.json')).classes).toEqual(['false', 'true']);
});

const ids = Array.from({ length: 1200 }, (_, i) => `id-${i},${i % 2}`);
const almostNumbers = Array.from({ length: 60 }, (_, i) => `${i === 30 ? 'abc' : i},${i % 2}`);

test.each([
  ['no rows', ['x,y'], {}, 'TRAINING_DATA_UNFIT', 'has no values'],
  ['one row', ['x,y', '1,a'], {}, 'TRAINING_DATA_UNFIT', 'only the value "a"'],
  ['one class', ['x,y', '1,a', '2,a'], {}, 'TRAINING_DATA_UNFIT', 'only the value "a"'],
  ['a target that is measured', ['x,y', ...ids.map((_, i) => `1,${i}.5`)], {}, 'TRAINING_DATA_UNFIT', '1200 different'],
  ['no target', ['x,y', '1,a', '2,b'], { target: 'z' }, 'DATA_COLUMN_MISSING', 'no column "z"; it has: x, y'],
  ['a misspelt exclusion', ['x,y', '1,a', '2,b'], { exclude: ['X1'] }, 'DATA_COLUMN_MISSING', 'no column "X1"'],
  ['nothing but the target', ['y', 'a', 'b'], {}, 'TRAINING_DATA_UNFIT', 'no column to learn from'],
  ['only empty columns', ['x,y', ',a', ',b'], {}, 'TRAINING_DATA_UNFIT', 'no column to learn from'],
  ['an id', ['x,y', ...ids], {}, 'TRAINING_DATA_UNFIT', '1200 different texts, like an id'],
  ['a text among numbers', ['x,y', ...almostNumbers], {}, 'DATA_UNREADABLE', 'row 31 has the text "abc"'],
  ['dates', ['x,y', '2020-01-01,a', '2020-01-02,b'], {}, 'TRAINING_DATA_UNFIT', 'is of type DATE'],
])('%s: refused with what is wrong', async (_name, csv, more, code, words) => {
  await expect(trainModel(settings(csv, more))).rejects.toMatchObject({
    code,
    message: expect.stringContaining(words),
  });
});

test('a folder that holds anything else is not touched', async () => {
  const wrong = settings(plain(), { out: workspace.folder });
  await expect(trainModel(wrong)).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
  expect(workspace.has('data.csv')).toBe(true);
});

test('one row of each of two classes is enough to get a model', async () => {
  const result = await trainModel(settings(['x,y', '1,a', '2,b']));
  expect(result.last.validation_loss).toBeNull();
  const evaluation = await evaluateModel({ model: workspace.path('build/model'), data: workspace.path('data.csv') });
  expect(evaluation.accuracy).toBe(1);
});

test('test data that lacks a column, or has texts for numbers, is refused', async () => {
  await trainModel(settings(plain()));
  const model = workspace.path('build/model');
  workspace.write('few.csv', 'colour,y\nred,big\n');
  workspace.write('wrong.csv', 'größe,colour,y\nvery,red,big\n');
  workspace.write('none.csv', 'größe,colour,y\n');
  await expect(evaluateModel({ model, data: workspace.path('few.csv') })).rejects.toThrow('no column "größe"');
  await expect(evaluateModel({ model, data: workspace.path('wrong.csv') })).rejects.toThrow('the text "very"');
  await expect(evaluateModel({ model, data: workspace.path('none.csv') })).rejects.toThrow('no rows');
});

test('a folder that is no model is refused', async () => {
  workspace.write('data.csv', 'x,y\n1,a\n');
  workspace.write('model/signature.json', '{"inputs": 1}');
  const data = workspace.path('data.csv');
  const refused = { code: 'MODEL_INVALID' };
  await expect(evaluateModel({ model: workspace.path('nowhere'), data })).rejects.toMatchObject(refused);
  await expect(evaluateModel({ model: workspace.path('model'), data })).rejects.toMatchObject(refused);
});
