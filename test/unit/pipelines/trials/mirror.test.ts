import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mirror, removeMirror } from '../../../../daemon/pipelines/trials/mirror.ts';
import { TempWorkspace } from '../../../support/temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace({
    files: {
      'src/train.py': 'train',
      'src/lib/a.py': 'a',
      'data/raw/x.csv': 'x',
      'data/big.csv': 'big',
      'models/old/model.txt': 'old',
      '.crisol/store.db': 'ours',
    },
  });
});
afterEach(() => workspace.dispose());

const to = () => join(workspace.folder, '.crisol', 'runs', 'm');
const lay = (apart: Record<string, 'copy' | 'nothing'>, place = to()) =>
  mirror(workspace.folder, place, new Map(Object.entries(apart)), 0o022);
const read = (path: string, place = to()) => readFileSync(join(place, path), 'utf8');
const isLink = (path: string) => lstatSync(join(to(), path)).isSymbolicLink();

test('looks like the workspace, but for what stands apart', async () => {
  await lay({ 'src/train.py': 'copy', 'data/raw': 'copy', 'models/new/model.txt': 'nothing' });
  expect(read('src/lib/a.py')).toBe('a');
  expect([isLink('src'), isLink('src/lib'), isLink('src/train.py'), isLink('data/big.csv')]).toEqual([
    false,
    true,
    false,
    true,
  ]);
  workspace.write('src/train.py', 'edited');
  workspace.write('data/raw/x.csv', 'edited');
  expect([read('src/train.py'), read('data/raw/x.csv')]).toEqual(['train', 'x']);
  expect(existsSync(join(to(), '.crisol'))).toBe(false);
});

test('has room for outs, which the workspace never sees', async () => {
  await lay({ 'models/old/model.txt': 'nothing', 'out/deep/file.txt': 'nothing' });
  expect(existsSync(join(to(), 'models/old/model.txt'))).toBe(false);
  for (const path of ['models/old/model.txt', 'out/deep/file.txt']) writeFileSync(join(to(), path), 'new');
  expect(workspace.read('models/old/model.txt')).toBe('old');
  expect(workspace.has('out')).toBe(false);
  expect(statSync(join(to(), 'out/deep')).mode & 0o777).toBe(0o755);
});

test('may be a mirror of a mirror, which stays as it is', async () => {
  await lay({ 'src/train.py': 'copy' });
  const second = join(workspace.folder, '.crisol', 'runs', 'n');
  await mirror(to(), second, new Map([['src/out.txt', 'nothing']]), 0o022);
  workspace.write('src/train.py', 'edited');
  expect([read('src/train.py', second), read('data/big.csv', second)]).toEqual(['train', 'big']);
  writeFileSync(join(second, 'src/out.txt'), 'made');
  expect([existsSync(join(to(), 'src/out.txt')), workspace.has('src/out.txt')]).toEqual([false, false]);
});

test('goes without what its links lead to, also where a folder is a link itself', async () => {
  const elsewhere = new TempWorkspace({ files: { 'kept.txt': 'kept', 'other.txt': 'other' } });
  try {
    mkdirSync(workspace.path('linked'));
    symlinkSync(elsewhere.folder, workspace.path('linked', 'there'));
    await lay({ 'linked/there/kept.txt': 'nothing' });
    expect(existsSync(join(to(), 'linked/there/kept.txt'))).toBe(false);
    expect(read('linked/there/other.txt')).toBe('other');
    await removeMirror(to());
    expect(existsSync(to())).toBe(false);
    expect([elsewhere.read('kept.txt'), elsewhere.read('other.txt')]).toEqual(['kept', 'other']);
    expect(workspace.read('src/lib/a.py')).toBe('a');
  } finally {
    elsewhere.dispose();
  }
});

test('is made of an earlier one, whatever has become of that', async () => {
  await lay({ 'src/train.py': 'copy', 'models/new.txt': 'nothing' });
  const kept = lstatSync(join(to(), 'data')).ino;
  // what a script may have done in it
  rmSync(join(to(), 'src/lib'));
  writeFileSync(join(to(), 'src/lib'), 'a file now');
  writeFileSync(join(to(), 'src/train.py'), 'written over');
  writeFileSync(join(to(), 'models/new.txt'), 'made');
  mkdirSync(join(to(), 'left/behind'), { recursive: true });
  rmSync(join(to(), 'models/old'));
  symlinkSync(workspace.path('data'), join(to(), 'models/old'));
  workspace.write('more.txt', 'more');
  await lay({ 'src/train.py': 'copy', 'models/new.txt': 'nothing' });
  expect([read('src/train.py'), read('src/lib/a.py'), read('models/old/model.txt'), read('more.txt')]).toEqual([
    'train',
    'a',
    'old',
    'more',
  ]);
  expect([existsSync(join(to(), 'models/new.txt')), existsSync(join(to(), 'left'))]).toEqual([false, false]);
  expect(lstatSync(join(to(), 'data')).ino).toBe(kept);
});

test('takes away what the step before had for itself, and its folders', async () => {
  await lay({ 'data/raw/out.txt': 'nothing', 'models/old': 'copy' });
  writeFileSync(join(to(), 'models/old/model.txt'), 'mine');
  rmSync(join(to(), 'src'));
  symlinkSync(workspace.path('models'), join(to(), 'src'));
  await lay({ 'src/out.txt': 'nothing' });
  expect([isLink('src'), isLink('data'), isLink('models')]).toEqual([false, true, true]);
  expect([read('src/lib/a.py'), workspace.read('models/old/model.txt')]).toEqual(['a', 'old']);
});
