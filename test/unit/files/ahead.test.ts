import { renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LookOptions } from '../../../daemon/files/index.ts';
import { FilesWorkspace } from './workspace.ts';

let workspace: FilesWorkspace;
beforeEach(async () => {
  workspace = new FilesWorkspace();
  workspace.write('data/one', 'one');
  workspace.write('data/two', 'two');
  workspace.write('out', 'out');
  await ask();
});
afterEach(() => workspace.end());

async function ask(paths: string[] = ['data'], options: LookOptions = {}) {
  return workspace.files.digest(paths, { throughLinks: true, ...options });
}

/** As a daemon that starts for a run. */
async function startAhead(): Promise<void> {
  await workspace.reopen({ ahead: true });
  workspace.files.trustAhead(true);
  // what was begun before this is over when this is
  await workspace.digest('data');
}

describe('what runs before have asked is looked at ahead', () => {
  it('and whoever began before that has it at once', async () => {
    const before = await ask();
    await startAhead();
    workspace.write('data/one', 'changed since');
    expect(await ask()).toEqual(before);
    // once
    expect(await ask()).not.toEqual(before);
  });

  it('but nobody else: what changed since is seen', async () => {
    const before = await ask();
    await startAhead();
    workspace.write('data/one', 'changed since');
    workspace.files.trustAhead(false);
    expect(await ask()).not.toEqual(before);
    workspace.files.trustAhead(true);
    expect(await ask()).not.toEqual(before);
  });

  it.each([
    ['an out is kept', () => workspace.files.keep('out')],
    ['an out is removed', () => workspace.files.remove('out')],
    ['an out is set aside', () => workspace.files.setAside('out', 'aside')],
  ])('but not after %s', async (_what, write) => {
    const before = await ask();
    await startAhead();
    await write();
    workspace.write('data/one', 'changed since');
    expect(await ask()).not.toEqual(before);
  });

  it('but not when the pipeline asks something else now', async () => {
    const before = await ask();
    await startAhead();
    await ask(['out']);
    workspace.write('data/one', 'changed since');
    expect(await ask()).not.toEqual(before);
  });

  it('also for who asks the same twice before, as variants of a step do', async () => {
    await ask(['out']);
    const before = await ask(['data', 'out']);
    await startAhead();
    await Promise.all([ask(), ask(), ask(['out']), ask(['out'])]);
    await workspace.digest('data');
    workspace.write('data/one', 'changed since');
    expect(await ask(['data', 'out'])).toEqual(before);
  });

  it('and who waits for it is told how far it is, and can call it off', async () => {
    workspace.write('data/huge', '');
    truncateSync(workspace.path('data/huge'), 200 * 2 ** 30);
    const before = new AbortController();
    setTimeout(() => before.abort(new Error('too long')), 300);
    await expect(ask(['data'], { signal: before.signal })).rejects.toThrow('too long');
    await workspace.reopen({ ahead: true });
    workspace.files.trustAhead(true);
    const control = new AbortController();
    const progress = ({ of }: { of: number }) => of > 2 ** 30 && control.abort(new Error('enough'));
    await expect(ask(['data'], { signal: control.signal, progress })).rejects.toThrow('enough');
  });
});

it('a cache that is none of ours fails whoever asks, not what looks ahead', async () => {
  await workspace.files.dispose();
  renameSync(workspace.path('.crisol/cache'), workspace.path('elsewhere'));
  symlinkSync(workspace.path('elsewhere'), workspace.path('.crisol/cache'));
  await workspace.reopen({ ahead: true });
  for (const _again of [1, 2]) await expect(ask()).rejects.toMatchObject({ code: 'STORE_FOREIGN' });
});

it.each([
  ['empty', ''],
  ['no JSON', '{'],
  ['of other things', '[1, null, ["../outside"]]'],
  ['that leads out', '[["/etc"], ["data"]]'],
  ['of a name that is too long', `[["${'x'.repeat(5000)}"]]`],
])('a list of what was asked does no harm when it is %s', async (_what, list) => {
  const before = await ask();
  await workspace.files.dispose();
  writeFileSync(workspace.path('.crisol/cache/asked'), list);
  await startAhead();
  expect(await ask()).toEqual(before);
});
