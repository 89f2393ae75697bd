import { symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOptions } from '../../../daemon/options.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = new TempWorkspace({ name: AWKWARD_NAME });
});
afterEach(() => workspace.dispose());

it('waits 15 minutes and takes the last port, unless told otherwise', () => {
  expect(readOptions(['--workspace', workspace.folder])).toEqual({
    workspace: workspace.folder,
    idleMinutes: 15,
    logMegabytes: 1000,
    forRun: false,
    port: undefined,
  });
  const args = ['--workspace', workspace.folder, '--idle-minutes', '0.5', '--port', '0'];
  expect(readOptions(args)).toMatchObject({ idleMinutes: 0.5, port: 0 });
});

it('takes two paths to one folder for one workspace', () => {
  symlinkSync(workspace.folder, workspace.path('..', 'link'));
  expect(readOptions(['--workspace', workspace.path('..', 'link')]).workspace).toBe(workspace.folder);
});

describe('refuses in words', () => {
  const options =
    (...args: string[]) =>
    () =>
      readOptions(['--workspace', workspace.folder, ...args]);
  it.each([
    [['--idle-minutes', 'soon']],
    [['--idle-minutes', '0']],
    [['--log-megabytes', '0']],
    [['--idle-minutes=-1']],
    [['--port', 'x']],
    [['--port', '70000']],
    [['--port', '1.5']],
    [['--colour', 'red']],
    [['--for-run=x']],
  ])('%j', (args) => {
    expect(options(...args)).toThrow(expect.objectContaining({ code: 'INVALID_PARAMETER_VALUE' }));
  });

  it('a folder that is not there', () => {
    expect(options('--workspace', workspace.path('gone'))).toThrow(expect.objectContaining({ code: 'FILE_NOT_FOUND' }));
  });
});
