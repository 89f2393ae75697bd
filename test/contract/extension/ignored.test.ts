import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { standingOf } from '../../../extension/vscode/ignored.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace({ name: AWKWARD_NAME });
});
afterEach(() => workspace.dispose());
const git = (...args: string[]) => execFileSync('git', args, { cwd: workspace.folder });

test('a file with a secret is seen by git until it is ignored, and stays tracked once it was added', async () => {
  const file = workspace.path('.env');
  expect(await standingOf(file)).toBe('no repository');
  git('init', '--quiet');
  expect(await standingOf(file)).toBe('seen');
  workspace.write('.gitignore', '/.env\n');
  expect(await standingOf(file)).toBe('ignored');
  workspace.write('.env', 'A=1\n');
  git('add', '--force', '.env');
  expect(await standingOf(file)).toBe('tracked');
});

test('a file is seen where git cannot or will not say how it stands, but a repository is above', async () => {
  workspace.write('deep/er/.gitkeep', '');
  workspace.write('.git', 'gitdir: /nowhere/at/all\n');
  expect(await standingOf(workspace.path('deep/er/.env'))).toBe('seen');
});
