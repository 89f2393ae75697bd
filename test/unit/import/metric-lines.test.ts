import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { readMetric } from '../../../daemon/import/reading/folder/metric-lines.ts';
import { Problems } from '../../../daemon/import/reading/problems.ts';
import { PART } from '../../../daemon/import/reading/source.ts';
import { Tree } from '../../../daemon/import/reading/tree.ts';
import { toMetricNumber } from '../../../schemas/wire/common.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

const workspace = new TempWorkspace();
afterAll(() => workspace.dispose());

function read(content: string | Buffer) {
  const path = workspace.path('metric');
  writeFileSync(path, content);
  const problems = new Problems();
  const parts = [...readMetric(new Tree(workspace.folder, problems), path, 'loss')];
  return { points: parts.flatMap(({ points }) => points), parts, problems: problems.list };
}

test('times, values and steps are read as MLflow wrote them', () => {
  const { points, problems } = read('1700000000000 0.5 0\n1700000000001 nan 1\n1700000000002 -inf -2\n1 1e-07 9\n');
  expect(points).toEqual([
    [0, 1700000000000, 0.5],
    [1, 1700000000001, 'NaN'],
    [-2, 1700000000002, '-Infinity'],
    [9, 1, 1e-7],
  ]);
  expect(problems).toEqual([]);
});

test('a value is a number or one of three words, no other word', () => {
  const { points, problems } = read('1 constructor 0\n2 __proto__ 0\n3 Infinity 0\n');
  expect(points).toEqual([[0, 3, 'Infinity']]);
  expect(problems).toHaveLength(2);
});

test('old stores have no steps, newer ones a dataset behind them', () => {
  expect(read('1700000000000 0.5\n1700000000001 0.25\n').points).toEqual([
    [0, 1700000000000, 0.5],
    [0, 1700000000001, 0.25],
  ]);
  expect(read('1700000000000 0.5 3 matches abc123\n').points).toEqual([[3, 1700000000000, 0.5]]);
});

test('a last line that breaks off is told, not guessed', () => {
  const { points, problems } = read('1700000000000 0.5 0\n1700000000001 0.2');
  expect(points).toEqual([[0, 1700000000000, 0.5]]);
  expect(problems).toEqual([{ path: 'metric:2', reason: 'The line breaks off.' }]);
});

test('lines that make no sense are told with their numbers, a few of them one by one', () => {
  const { points, problems } = read(`1 1 1\n${'x y z\n'.repeat(9)}2 2 2\n`);
  expect(points).toEqual([
    [1, 1, 1],
    [2, 2, 2],
  ]);
  expect(problems.map(({ path }) => path)).toEqual([
    'metric:2',
    'metric:3',
    'metric:4',
    'metric:5',
    'metric:6',
    'metric',
  ]);
});

test('any points come back as they were written, in parts that a request can hold', () => {
  const point = fc.record({
    step: fc.maxSafeInteger(),
    timestamp: fc.maxSafeNat(),
    value: fc.double().map((value) => value + 0),
  });
  const property = fc.property(fc.array(point, { maxLength: 50 }), (written) => {
    const { points, problems } = read(
      written.map(({ step, timestamp, value }) => `${timestamp} ${value} ${step}\n`).join(''),
    );
    expect(problems).toEqual([]);
    expect(points).toEqual(written.map(({ step, timestamp, value }) => [step, timestamp, toMetricNumber(value)]));
  });
  fc.assert(property, { numRuns: 60 });
  const { parts } = read('1 1 1\n'.repeat(PART + 1));
  expect(parts.map(({ points }) => points.length)).toEqual([PART, 1]);
});

test('whatever is in the file, nothing is thrown', () => {
  const property = fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
    for (const [step, timestamp] of read(Buffer.from(bytes)).points) {
      expect(Number.isSafeInteger(step) && timestamp >= 0).toBe(true);
    }
  });
  fc.assert(property, { numRuns: 100 });
});
