import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { placeOfFailure } from '../../../../extension/views/failure-place.ts';
import { failureIn } from '../../../../schemas/pipelines/traceback.ts';

const FOLDER = '/data/project';

function placed(name: string, folder = FOLDER) {
  const url = new URL(`../../../fixtures/printed/tracebacks/${name}.txt`, import.meta.url);
  const failure = failureIn(readFileSync(url, 'utf8')) ?? expect.fail();
  const place = placeOfFailure(failure, folder);
  const at = (path: string, line: number) => `${path.replace(`${folder}/`, '')}:${line}`;
  return (
    place && [
      at(place.path, place.line),
      place.error,
      ...place.related.map((one) => `${at(one.path, one.line)} ${one.words}`),
    ]
  );
}

test('is the innermost in the own files, with the way to it', () => {
  expect(placed('plain')).toEqual([
    'src/plain.py:2',
    'ZeroDivisionError: division by zero',
    'src/plain.py:5 main',
    'src/plain.py:7 <module>',
  ]);
});

test('is where a library was called', () => {
  expect(placed('library')).toEqual([
    'src/library.py:3',
    'json.decoder.JSONDecodeError: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)',
    '/usr/lib/python3.11/json/decoder.py:353 raw_decode',
    '/usr/lib/python3.11/json/decoder.py:337 decode',
    '/usr/lib/python3.11/json/__init__.py:346 loads',
  ]);
});

test('leads to what caused it, and a recursion is one place', () => {
  expect(placed('chained')).toEqual([
    'src/chained.py:8',
    'ValueError: no column goals',
    'src/chained.py:10 <module>',
    "src/chained.py:2 KeyError: 'goals'",
  ]);
  expect(placed('recursion')).toEqual([
    'src/recursion.py:2',
    'RecursionError: maximum recursion depth exceeded',
    'src/recursion.py:3 <module>',
  ]);
});

test('is nowhere where no file is the own', () => {
  expect(placed('plain', '/data/other')).toBeNull();
  const frames = [{ file: '.venv/lib/python3.11/site-packages/x.py', line: 1, in: 'x' }];
  expect(placeOfFailure({ error: 'E', frames, others: [] }, FOLDER)).toBeNull();
  expect(placeOfFailure({ error: 'E', frames: [{ file: '<string>', line: 1 }], others: [] }, FOLDER)).toBeNull();
});

test('is found by a path from the folder, as scripts that are started there have it', () => {
  const failure = { error: 'E', frames: [{ file: 'train.py', line: 3, in: 'fit' }], others: [] };
  expect(placeOfFailure(failure, FOLDER)).toEqual({ path: `${FOLDER}/train.py`, line: 3, error: 'E', related: [] });
});
