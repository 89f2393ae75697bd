import { chmodSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { liesIn, writeSecret } from '../../../../extension/vscode/secret-file.ts';
import { TempWorkspace } from '../../../support/temp-workspace.ts';

let workspace: TempWorkspace;
let elsewhere: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace();
  elsewhere = new TempWorkspace();
});
afterEach(() => {
  workspace.dispose();
  elsewhere.dispose();
});

it('a file behind a link that leads out of the folder is none of the folder', async () => {
  mkdirSync(workspace.path('conf'));
  symlinkSync(elsewhere.folder, workspace.path('out'));
  symlinkSync(workspace.path('conf'), workspace.path('same'));
  const files = ['.env', 'conf/.env', 'same/.env', '..env', 'out/.env', 'gone/.env'];
  const found = await Promise.all(files.map((name) => liesIn(workspace.folder, workspace.path(name))));
  expect(found).toEqual([true, true, true, true, false, false]);
});

it.skipIf(process.platform === 'win32')('a file with a secret is read by nobody else, new or not', async () => {
  workspace.write('old', 'A=1\n');
  chmodSync(workspace.path('old'), 0o644);
  for (const name of ['old', 'new']) {
    await writeSecret(workspace.path(name), 'TOKEN=x\n');
    expect(statSync(workspace.path(name)).mode & 0o777).toBe(0o600);
    expect(workspace.read(name)).toBe('TOKEN=x\n');
  }
});
