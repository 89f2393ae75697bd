import { chmodSync, chownSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lintFiles } from '../../../daemon/cli/lint/run.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

const WRONG = 'version: 1\nsteps:\n  one: {rnu: echo 1}\n';
const RIGHT = WRONG.replace('rnu', 'run');
const NOBODY = 65_534;

/** To an administrator nothing is read-only. */
function asNobody<Result>(act: () => Result): Result {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(NOBODY);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
  }
}

describe.skipIf(process.platform === 'win32')('crisol lint --fix, where something may not be written', () => {
  let workspace: TempWorkspace;
  beforeEach(() => {
    workspace = new TempWorkspace({
      files: { 'a/crisol.yaml': WRONG, 'b/crisol.yaml': WRONG, 'c/crisol.yaml': WRONG, 'd/crisol.yaml': WRONG },
    });
    chmodSync(dirname(workspace.folder), 0o755);
    if (process.geteuid?.() !== 0) return;
    for (const path of ['a', 'b', 'c', 'd'].flatMap((folder) => [folder, `${folder}/crisol.yaml`])) {
      chownSync(workspace.path(path), NOBODY, NOBODY);
    }
  });
  afterEach(() => {
    chmodSync(workspace.path('c'), 0o755);
    workspace.dispose();
  });

  test('leaves that file as it is, says so, and mends the others', () => {
    chmodSync(workspace.path('a/crisol.yaml'), 0o444);
    chmodSync(workspace.path('c'), 0o555);
    const paths = ['a', 'b', 'c', 'd'].map((folder) => workspace.path(folder, 'crisol.yaml'));
    const linted = asNobody(() => lintFiles(paths, { fix: true, dryRun: false, stdinName: 'crisol.yaml' }));
    const codes = ({ diagnostics }: (typeof linted)[number]) => diagnostics.map(({ code }) => code);
    expect(linted.map((file) => [file.unwritten, file.mended.length, codes(file)])).toEqual([
      ['may not be written', 0, ['CRISOL112']],
      [undefined, 1, []],
      ['may not be written', 0, ['CRISOL112']],
      [undefined, 1, []],
    ]);
    expect(paths.map((path) => workspace.read(path.slice(workspace.folder.length + 1)))).toEqual([
      WRONG,
      RIGHT,
      WRONG,
      RIGHT,
    ]);
    // no draft is left behind
    expect(readdirSync(workspace.path('c'))).toEqual(['crisol.yaml']);
  });

  test('shows with --dry-run what it would change all the same', () => {
    chmodSync(workspace.path('a/crisol.yaml'), 0o444);
    const [file] = asNobody(() =>
      lintFiles([workspace.path('a/crisol.yaml')], { fix: true, dryRun: true, stdinName: '' }),
    );
    expect(file?.after.text).toBe(RIGHT);
    expect(file?.unwritten).toBeUndefined();
  });
});
