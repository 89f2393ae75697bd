import { mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { columnsIn } from '../../../../language-server/providers/data/columns.ts';
import { extentOf } from '../../../../language-server/providers/data/extent.ts';
import { TempWorkspace } from '../../../support/temp-workspace.ts';

let workspace: TempWorkspace;
const extent = (path: string, signal = new AbortController().signal) =>
  extentOf(pathToFileURL(workspace.path('project')).href, path, signal);

beforeEach(() => {
  workspace = new TempWorkspace({ files: { 'project/a.csv': 'id,x\n1,2\n3,4\n', 'outside.csv': 'id\n1\n' } });
});
afterEach(() => workspace.dispose());

test('of a table there are rows, bytes and when it was written', async () => {
  expect(await extent('a.csv')).toEqual({
    rows: { count: 2, areMore: false },
    bytes: 13,
    writtenAt: expect.closeTo(Date.now(), -5),
  });
});

test('a table that is written again is counted again', async () => {
  await extent('a.csv');
  workspace.write('project/a.csv', 'id,x\n1,2\n');
  expect((await extent('a.csv'))?.rows.count).toBe(1);
});

test('what lies outside, by whatever way, is no file, or is no table, is not looked at', async () => {
  symlinkSync(workspace.path('outside.csv'), workspace.path('project', 'link.csv'));
  mkdirSync(workspace.path('project', 'folder.csv'));
  workspace.write('project/a.csv.gz', 'id\n1\n');
  for (const path of ['link.csv', '../outside.csv', 'folder.csv', 'a.csv.gz', 'missing.csv']) {
    const found = await extent(path).catch(() => null);
    expect({ path, found }).toEqual({ path, found: null });
  }
  const [root, link] = [workspace.path('project'), workspace.path('project', 'link.csv')];
  expect(await columnsIn(root, link)).toEqual([]);
  expect(await extentOf('untitled:project', 'a.csv', new AbortController().signal)).toBeNull();
});

test('of a very long file there are more rows than were counted', async () => {
  truncateSync(workspace.path('project', 'a.csv'), 80 * 1024 * 1024);
  const found = await extent('a.csv');
  expect(found).toMatchObject({ rows: { areMore: true }, bytes: 80 * 1024 * 1024 });
});

test('what nobody wants any more is not counted', async () => {
  expect((await extent('a.csv', AbortSignal.abort()))?.rows).toEqual({ count: 0, areMore: true });
});
