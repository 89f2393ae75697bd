import { chmodSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ASIDE, forgetAside } from '../../../../daemon/pipelines/leftovers/aside.ts';
import { TempWorkspace } from '../../../support/temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(() => workspace.dispose());

it('what was set aside goes once it is old, whatever its rights, and nothing that its links lead to', async () => {
  const aside = workspace.path(ASIDE);
  workspace.write('mine', 'precious');
  workspace.write(`${ASIDE}/run/train/1/build/model`, 'half');
  workspace.write(`${ASIDE}/run/train/2/out`, 'half!');
  symlinkSync(workspace.folder, workspace.path(`${ASIDE}/run/train/2/link`));
  mkdirSync(workspace.path(`${ASIDE}/run/other/1/locked`), { recursive: true });
  chmodSync(workspace.path(`${ASIDE}/run/other/1/locked`), 0);
  expect(await forgetAside(aside, Date.now() - 60_000, false)).toEqual({ files: 0, bytes: 0 });
  expect(existsSync(workspace.path(`${ASIDE}/run/other/1/locked`))).toBe(true);
  const all = { files: 3, bytes: 'halfhalf!'.length + workspace.folder.length };
  expect(await forgetAside(aside, Date.now() + 60_000, true)).toEqual(all);
  expect(existsSync(workspace.path(`${ASIDE}/run/train/1/build/model`))).toBe(true);
  expect(await forgetAside(aside, Date.now() + 60_000, false)).toEqual(all);
  expect(existsSync(workspace.path(`${ASIDE}/run`))).toBe(false);
  expect(workspace.read('mine')).toBe('precious');
});
