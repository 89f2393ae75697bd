import { readdirSync, statSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import { TestDaemon } from '../../support/daemon.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';

const mine = process.umask();
const workspace = new TempWorkspace({
  files: {
    'crisol.yaml': 'version: 1\nname: p\nsteps:\n  a: {run: "echo x > file; mkdir folder"}\n',
    '.crisol/.gitignore': '*\n',
  },
});
let daemon: TestDaemon;
afterEach(async () => {
  process.umask(mine);
  await daemon.kill();
  workspace.dispose();
});

const mode = (...path: string[]) => statSync(workspace.path(...path)).mode & 0o777;

describe.runIf(process.platform !== 'win32')('who may read what', () => {
  it('is this user alone in .crisol, and what the user says of the files that a step makes', async () => {
    process.umask(0o027);
    daemon = await TestDaemon.start(workspace.folder);
    const { run_id } = await daemon.post<PipelineRun>('pipelines/runs', {});
    await waitFor(async () => (await daemon.get<PipelineRun>(`pipelines/runs/${run_id}`)).ended_at !== null);
    expect(mode('file')).toBe(0o640);
    expect(mode('folder')).toBe(0o750);
    expect(mode('.crisol')).toBe(0o700);
    const made = readdirSync(workspace.path('.crisol'), { recursive: true, encoding: 'utf8' });
    expect(made).toEqual(expect.arrayContaining(['store.db', 'predictions.db', 'daemon.lock', 'logs/daemon.log']));
    // the user's own, from before
    const open = made.filter((name) => name !== '.gitignore' && (mode('.crisol', name) & 0o077) !== 0);
    expect(open).toEqual([]);
  });
});
