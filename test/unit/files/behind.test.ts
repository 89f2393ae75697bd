import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesProgressText } from '../../../schemas/pipelines/files-progress.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { FilesWorkspace } from './workspace.ts';

let workspace: FilesWorkspace;
let outside: TempWorkspace;
beforeEach(() => {
  workspace = new FilesWorkspace();
  outside = new TempWorkspace();
});
afterEach(async () => {
  await workspace.end();
  outside.dispose();
});

const link = (to: string, path: string) => symlinkSync(to, workspace.path(path));
const through = async (path: string) => {
  return (await workspace.files.digest([path], { throughLinks: true })).get(path);
};
/** Whether a change is one of what lies at the path. */
async function isSeen(path: string, change: () => void): Promise<boolean> {
  const before = await through(path);
  change();
  const after = await through(path);
  return JSON.stringify(before) !== JSON.stringify(after);
}

it('can be called off while what links lead to is read, however much that is, and says how far it is', async () => {
  outside.write('huge', '');
  truncateSync(outside.path('huge'), 200 * 2 ** 30);
  workspace.write('data/own', 'x');
  link(outside.path('huge'), 'data/huge');
  const control = new AbortController();
  const told: string[] = [];
  const looking = workspace.files.digest(['data'], {
    throughLinks: true,
    signal: control.signal,
    progress(now) {
      told.push(filesProgressText(now));
      if (now.of > 2 ** 30) control.abort(new Error('enough'));
    },
  });
  await expect(looking).rejects.toThrow('enough');
  expect(told.at(-1)).toMatch(/^3 files, \d+ % of 200 GB$/);
});

describe('what a link leads to', () => {
  it('out of the workspace counts, a file and a folder', async () => {
    outside.write('file', 'one');
    outside.write('folder/deep/file', 'one');
    link(outside.path('file'), 'file');
    link(outside.path('folder'), 'folder');
    expect(await through('file')).toMatchObject({ kind: 'link', to: { kind: 'file', bytes: 3 } });
    expect(await isSeen('file', () => outside.write('file', 'two'))).toBe(true);
    expect(await isSeen('folder', () => outside.write('folder/deep/file', 'two'))).toBe(true);
    expect(await isSeen('folder', () => outside.write('other', 'two'))).toBe(false);
  });

  it('counts within a folder, and a folder without such links is what it always was', async () => {
    workspace.write('data/own', 'x');
    workspace.write('raw/a', 'one');
    link('own', 'data/inner');
    expect(await through('data')).toEqual(await workspace.digest('data'));
    mkdirSync(workspace.path('data/deep'));
    link('../../raw/a', 'data/deep/a');
    link(outside.folder, 'data/far');
    const plain = await workspace.digest('data');
    expect(await isSeen('data', () => workspace.write('raw/a', 'two'))).toBe(true);
    expect(await isSeen('data', () => outside.write('new', 'two'))).toBe(true);
    expect(await workspace.digest('data')).toEqual(plain);
  });

  it('counts over links behind links, and ends where they go in circles', async () => {
    workspace.write('data/own', 'x');
    workspace.write('one/a', 'x');
    workspace.write('two/b', 'x');
    link('../one', 'data/one');
    link('../two', 'one/two');
    link('../one', 'two/one');
    link('..', 'data/up');
    link('data', 'named');
    expect(await isSeen('data', () => workspace.write('two/b', 'y'))).toBe(true);
    expect(await isSeen('named', () => workspace.write('two/b', 'z'))).toBe(true);
    // a folder around it is a way, not data
    expect(await isSeen('data', () => workspace.write('beside', 'y'))).toBe(false);
  });

  it('is nothing where nothing is, or nothing that can be read', async () => {
    workspace.write('data/own', 'x');
    workspace.write('raw', 'x');
    outside.write('folder/x', 'x');
    execFileSync('mkfifo', [outside.path('pipe'), outside.path('folder/pipe')]);
    link('/nowhere/at/all', 'data/none');
    link(outside.path('pipe'), 'data/pipe');
    link(outside.path('folder'), 'data/folder');
    link('../raw', 'data/raw');
    expect(await through('data')).toMatchObject({ kind: 'folder', behind: expect.any(String) });
    expect(await isSeen('data', () => workspace.write('raw', 'y'))).toBe(true);
    expect(await isSeen('data', () => rmSync(workspace.path('raw')))).toBe(true);
  });
});
