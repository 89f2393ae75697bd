import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../daemon/base/random.ts';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import { TestDaemon } from '../../support/daemon.ts';
import { processesNaming } from '../../support/processes.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';
import { killSupervisor } from '../pipelines/executor/supervisor-of.ts';
import { carefulStep } from './careful-steps.ts';

let workspace: TempWorkspace;
let daemon: TestDaemon;
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(async () => {
  await daemon.kill();
  workspace.dispose();
});

const step = (name: string, reads: string[], more: string) => carefulStep(name, reads, { seconds: 0.3, more });

const EXPECTED = { a: 'a\n', b: 'b\n', c: 'a\nb\nc\n', d: 'b\nd\n', last: 'a\nb\nc\nb\nd\nlast\n' };

const write = (more = '') =>
  workspace.write(
    'crisol.yaml',
    `version: 1\nname: p\nsteps:${step('a', [], more)}${step('b', [], more)}${step('c', ['a', 'b'], more)}${step('d', ['b'], more)}${step('last', ['c', 'd'], more)}\n`,
  );

async function expectWhole({ steps }: PipelineRun): Promise<void> {
  expect(steps.map(({ name, state, reason }) => [name, state, state === 'failed' ? reason : ''])).toEqual(
    Object.keys(EXPECTED).map((name) => [name, 'succeeded', '']),
  );
  for (const [name, content] of Object.entries(EXPECTED)) expect(workspace.read(`out/${name}`)).toBe(content);
  expect(workspace.has('twice')).toBe(false);
}

describe('a run with parallel steps', () => {
  it('whose supervisor is killed once and again runs what was lost anew, and ends as if nothing had been', async () => {
    write();
    const next = seededRandom(20260103);
    daemon = await TestDaemon.start(workspace.folder);
    for (let round = 0; round < 4; round++) {
      workspace.write('seed', String(round));
      const { run_id } = await daemon.post<PipelineRun>('pipelines/runs', {});
      for (let kill = 0; kill < 3; kill++) {
        await setTimeout(next() * 500);
        killSupervisor(workspace);
      }
      await expectWhole(await daemon.endOf(run_id));
    }
    expect(processesNaming(`${workspace.folder}/out`)).toEqual([]);
  });

  it('whose daemon and supervisor are killed in the same moment does, too', async () => {
    write();
    const next = seededRandom(20260104);
    daemon = await TestDaemon.start(workspace.folder);
    for (let round = 0; round < 3; round++) {
      workspace.write('seed', String(round));
      const { run_id } = await daemon.post<PipelineRun>('pipelines/runs', {});
      await setTimeout(next() * 700);
      const dead = daemon.kill();
      killSupervisor(workspace);
      await dead;
      daemon = await TestDaemon.start(workspace.folder);
      await expectWhole(await daemon.endOf(run_id));
    }
  });

  it('says of a step that was killed how it ended, and leaves nothing half of it; tried again, it succeeds', async () => {
    write();
    workspace.write('seed', '0');
    daemon = await TestDaemon.start(workspace.folder);
    const { run_id } = await daemon.post<PipelineRun>('pipelines/runs', {});
    await killStep('b');
    const { steps } = await daemon.endOf(run_id);
    const found = Object.fromEntries(steps.map(({ name, state, reason }) => [name, `${state}: ${reason}`]));
    expect(found).toMatchObject({
      b: 'failed: it was ended by SIGKILL',
      c: expect.stringMatching(/^skipped: /),
      d: expect.stringMatching(/^skipped: /),
    });
    expect(workspace.has('out/b')).toBe(false);

    write('\n    retry: {limit: 2, backoff: 10ms}');
    const { run_id: again } = await daemon.post<PipelineRun>('pipelines/runs', {});
    await killStep('b');
    const run = await daemon.endOf(again);
    await expectWhole(run);
    expect(run.steps.find(({ name }) => name === 'b')).toMatchObject({ attempt: 2 });
  });
});

async function killStep(name: string): Promise<void> {
  // it has written the first half by then
  await waitFor(() => workspace.has(`out/${name}`));
  process.kill(Number(readFileSync(workspace.path(`${name}.pid`), 'utf8')), 'SIGKILL');
}
