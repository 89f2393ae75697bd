import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { changedFiles, fileAt } from '../../../../extension/vscode/commits.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../../support/temp-workspace.ts';

function repository(workspace: TempWorkspace) {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd: workspace.folder,
      encoding: 'utf8',
    });
  git('init', '-q');
  return (files: Record<string, string>): string => {
    for (const [name, text] of Object.entries(files)) writeFileSync(workspace.path(name), text);
    git('add', '.');
    git('commit', '-qm', 'changed');
    return git('rev-parse', 'HEAD').trim();
  };
}

test('two commits differ in files, each of which can be read as it was', async () => {
  const workspace = new TempWorkspace({ name: AWKWARD_NAME });
  onTestFinished(() => workspace.dispose());
  const commit = repository(workspace);
  const before = commit({ 'train.py': 'lr = 0.1\n', 'same.py': 'x\n' });
  const after = commit({ 'train.py': 'lr = 0.3\n', 'ñandú new.py': 'y\n' });
  expect((await changedFiles(workspace.folder, before, after)).sort()).toEqual(['train.py', 'ñandú new.py']);
  expect(await fileAt(workspace.folder, before, 'train.py')).toBe('lr = 0.1\n');
  expect(await fileAt(workspace.folder, after, 'ñandú new.py')).toBe('y\n');
  expect(await fileAt(workspace.folder, before, 'ñandú new.py')).toBe('');
});

test('what is no commit, or not of this repository, shows nothing and runs nothing', async () => {
  const workspace = new TempWorkspace();
  onTestFinished(() => workspace.dispose());
  const one = repository(workspace)({ 'a.py': 'a' });
  for (const other of ['--output=/tmp/x', 'HEAD', 'f'.repeat(40), one]) {
    expect(await changedFiles(workspace.folder, one, other)).toEqual([]);
  }
  expect(await fileAt(workspace.folder, '--textconv', 'a.py')).toBe('');
  expect(await fileAt('/nowhere/at/all', one, 'a.py')).toBe('');
});
