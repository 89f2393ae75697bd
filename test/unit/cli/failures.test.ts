import { mkdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { CrisolError } from '../../../daemon/base/errors.ts';
import { exitCodeOf } from '../../../daemon/cli/exit-codes.ts';
import { asFailure } from '../../../daemon/cli/failures.ts';
import { findWorkspace } from '../../../daemon/cli/workspace.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';

test.for([
  ['CLI_USAGE', 2],
  ['PIPELINE_FILE_INVALID', 2],
  ['RESOURCE_DOES_NOT_EXIST', 2],
  ['MODEL_CHECKS_FAILED', 1],
  ['INTERNAL_ERROR', 1],
  ['STORE_DISK_FULL', 1],
  ['DAEMON_UNREACHABLE', 3],
  ['DAEMON_START_FAILED', 3],
] as const)('after %s the command ends with %i', ([code, exit]) => {
  expect(exitCodeOf(new CrisolError(code, ''))).toBe(exit);
});

test('what the system says about a path that the user gave is put in words', () => {
  let thrown: unknown;
  try {
    readFileSync('/no/such/file');
  } catch (failure) {
    thrown = failure;
  }
  expect(asFailure(thrown)).toMatchObject({ code: 'FILE_UNUSABLE', message: '/no/such/file does not exist.' });
  expect(asFailure(new Error('odd'))).toMatchObject({ code: 'INTERNAL_ERROR', message: 'odd' });
});

describe('the workspace', () => {
  const workspace = new TempWorkspace({
    name: AWKWARD_NAME,
    files: { 'a/crisol.yaml': '', 'a/b/c/d.txt': '', 'e/f.txt': '' },
  });
  afterAll(() => workspace.dispose());

  test('is the nearest folder with a crisol.yaml or .crisol, else the current one', () => {
    expect(findWorkspace(undefined, workspace.path('a', 'b', 'c'))).toBe(workspace.path('a'));
    expect(findWorkspace(undefined, workspace.path('e'))).toBe(workspace.path('e'));
    mkdirSync(workspace.path('.crisol'));
    expect(findWorkspace(undefined, workspace.path('e'))).toBe(workspace.folder);
  });

  test('is the one that is asked for, taken from where the command was started', () => {
    expect(findWorkspace('../a', workspace.path('e'))).toBe(workspace.path('a'));
    expect(() => findWorkspace('f.txt', workspace.path('e'))).toThrow(/There is no folder .*f\.txt/);
  });
});
