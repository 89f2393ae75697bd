import { expect, test } from 'vitest';
import { isSource, projectFiles, read } from './sources.ts';
import { functionSizes } from './syntax.ts';

const LONGEST_FILE = 300;
const LONGEST_FUNCTION = 60;

const sources = projectFiles().filter(isSource);
const product = sources.filter((file) => !/\.test\.tsx?$/.test(file));
const lines = (file: string) => read(file).split('\n').length - 1;
const quantile = (values: number[], share: number) =>
  values.sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;

test('there is something to measure', () => {
  expect(sources.length).toBeGreaterThan(50);
});

test(`no file has more than ${LONGEST_FILE} lines, unless its first line says why`, () => {
  const long = sources.filter((file) => lines(file) > LONGEST_FILE && !/^\/[/*] ?long because /i.test(read(file)));
  expect(long).toEqual([]);
});

test('files are small: half of them at most 80 lines, nineteen of twenty at most 200', () => {
  const sizes = product.map(lines);
  expect(quantile(sizes, 0.5)).toBeLessThanOrEqual(80);
  expect(quantile(sizes, 0.95)).toBeLessThanOrEqual(200);
});

test(`no function has more than ${LONGEST_FUNCTION} lines, and nineteen of twenty at most 30`, () => {
  const functions = product.flatMap(functionSizes);
  expect(functions.filter(({ lines }) => lines > LONGEST_FUNCTION)).toEqual([]);
  expect(
    quantile(
      functions.map(({ lines }) => lines),
      0.95,
    ),
  ).toBeLessThanOrEqual(30);
});
