import { expect, test } from 'vitest';
import { modelFolder, modelPlace, shownPath } from '../../../schemas/panels/artifact-paths.ts';
import { parseExactly } from '../../../webviews/runs/artifacts/exact-json.ts';
import { found, moveBy, treeRows } from '../../../webviews/runs/artifacts/rows.ts';
import type { FolderContent } from '../../../webviews/runs/details-state.ts';

const folders = new Map<string, FolderContent>([
  [
    '',
    {
      entries: [
        { path: 'model', bytes: null },
        { path: 'plots', bytes: null },
        { path: 'a.txt', bytes: 1 },
      ],
      problem: null,
    },
  ],
  [
    'model',
    {
      entries: [
        { path: 'model/data', bytes: null },
        { path: 'model/MLmodel', bytes: 700 },
      ],
      problem: null,
    },
  ],
]);

test('a tree shows what is open, and says of a folder that it is being read', () => {
  const rows = treeRows(folders, new Set(['model', 'plots']));
  expect(rows.map(({ level, name, kind }) => `${level} ${name} ${kind}`)).toEqual([
    '1 model open',
    '2 data closed',
    '2 MLmodel file',
    '1 plots open',
    '2 Loading… note',
    '1 a.txt file',
  ]);
});

test('a folder that could not be read says why, beside what it held before', () => {
  const problem = { error_code: 'DAEMON_UNREACHABLE', message: 'The Crisol daemon did not answer.' };
  const failed = new Map<string, FolderContent>([
    ...folders,
    ['model', { entries: [{ path: 'model/MLmodel', bytes: 700 }], problem }],
  ]);
  expect(
    treeRows(failed, new Set(['model']))
      .slice(1, 3)
      .map(({ name }) => name),
  ).toEqual([problem.message, 'MLmodel']);
});

test('keys move in it as in any tree', () => {
  const rows = treeRows(folders, new Set(['model']));
  expect(moveBy('ArrowRight', rows, 1, 9)).toEqual({ toggle: 'model/data' });
  expect(moveBy('ArrowLeft', rows, 2, 9)).toEqual({ focus: 0 });
  expect(moveBy('ArrowLeft', rows, 0, 9)).toEqual({ toggle: 'model' });
  expect(moveBy('Enter', rows, 2, 9)).toEqual({ choose: 'model/MLmodel' });
  expect(moveBy('PageDown', rows, 0, 9)).toEqual({ focus: rows.length - 1 });
  expect(moveBy('x', rows, 0, 9)).toBeNull();
  expect(moveBy('End', [], 0, 9)).toEqual({ focus: 0 });
});

test('files are found by words of their path', () => {
  expect(found(folders, 'ml MODEL').map(({ path }) => path)).toEqual(['model/MLmodel']);
});

test('a model is called by its name; a name that would look like another one shows what it is', () => {
  const path = modelFolder('my/forest#2', 'm-12ab');
  expect([path, shownPath(`${path}/MLmodel`)]).toEqual(['my-forest-2#m-12ab', 'my-forest-2/MLmodel']);
  expect([modelPlace(`${path}/a/b`), modelPlace(path)]).toEqual([
    { model_id: 'm-12ab', path: 'a/b' },
    { model_id: 'm-12ab', path: '' },
  ]);
  expect(shownPath(`${modelFolder('', 'm-1')}/MLmodel`)).toBe('model/MLmodel');
  expect(modelPlace('plots/x.png')).toBeUndefined();
  expect(shownPath('odd/\u202egpj.exe')).toBe('odd/⟨202E⟩gpj.exe');
});

test('no name leads from a model to another place', () => {
  for (const path of ['x#..', 'x#m-1/../../y#m-2', '#', 'x#m-1?a', 'x/y#m-1']) {
    expect([undefined, 'm-1']).toContain(modelPlace(path)?.model_id);
  }
  expect(modelPlace('x/y#m-1')).toBeUndefined();
});

test('JSON is written again with the numbers that it had', () => {
  const text = '{"id":12345678901234567890,"one":1.0,"small":1e-400,"list":[0.1,-0],"text":"1.0"}';
  expect(JSON.stringify(parseExactly(text))).toBe(text);
});
