import { Type } from 'typebox';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RunList } from '../../../schemas/wire/tracking.ts';
import { DaemonInfo } from '../../../schemas/workspace.ts';
import { AWKWARD_NAME, TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';
import { Cli } from './cli.ts';

const FILE = `version: 1
name: slow
steps:
  quick:
    run: echo quick > quick.txt
    deps: [crisol.yaml]
    outs: [quick.txt]
  slow:
    run: |
      echo begun > begun.txt
      sleep 60
    deps: [quick.txt]
    outs: [begun.txt]
`;

const Answer = Type.Object({
  run_id: Type.String(),
  status: Type.String(),
  steps: Type.Array(Type.Object({ name: Type.String(), status: Type.String() })),
});

let cli: Cli;
beforeEach(() => {
  cli = new Cli(new TempWorkspace({ name: AWKWARD_NAME, files: { 'crisol.yaml': FILE } }));
});
afterEach(async () => {
  const { runs } = await cli.json(RunList, 'runs');
  if (runs.some(({ state }) => state === 'running')) await cancel();
  await cli.dispose();
});

async function cancel(): Promise<void> {
  const { url, token } = await cli.json(DaemonInfo, 'up');
  const { runs } = await cli.json(RunList, 'runs');
  for (const { run_id } of runs.filter(({ state }) => state === 'running')) {
    const init = { method: 'POST', headers: { authorization: `Bearer ${token}` } };
    await fetch(`${url}/api/crisol/v1/pipelines/runs/${run_id}/cancel`, init);
  }
  await waitFor(async () => (await cli.json(RunList, 'runs')).runs.every(({ state }) => state !== 'running'));
}

const begun = () => waitFor(() => cli.workspace.has('begun.txt'), { what: 'the slow step runs' });

describe('crisol run', () => {
  test('cancels the pipeline with Ctrl+C and ends with 130', async () => {
    const running = cli.start(['run', '--json']);
    await begun();
    running.interrupt();
    const { code, stdout } = await running.ended;
    expect(code).toBe(130);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({
      status: 'cancelled',
      steps: [
        { name: 'quick', status: 'succeeded' },
        { name: 'slow', status: 'cancelled' },
      ],
    });
    expect((await cli.json(RunList, 'runs')).runs).toMatchObject([{ run_id: answer.run_id, state: 'cancelled' }]);
  });

  test('leaves with --detach while the pipeline goes on', async () => {
    const started = await cli.json(Answer, 'run', '--detach');
    expect(started.status).toBe('running');
    await begun();
    expect((await cli.run('status')).stdout).toContain('work       a pipeline runs');
    const cancelled = await cli.run('cancel', started.run_id);
    expect(cancelled).toMatchObject({ code: 0, stdout: expect.stringMatching(/ is being cancelled\.\n$/) });
    expect((await cli.run('cancel', 'slower')).stderr).toContain('There is no run "slower".');
    await waitFor(async () => (await cli.run('cancel')).stdout.endsWith('has ended: cancelled.\n'));
  });

  test('one of its steps is cancelled by its name alone', async () => {
    const { run_id } = await cli.json(Answer, 'run', '--detach');
    await begun();
    expect((await cli.run('cancel', 'slow')).stdout).toBe('slow is being cancelled.\n');
    await waitFor(async () => (await cli.run('cancel')).stdout.includes('has ended: '));
    const { steps } = await cli.json(Answer, 'cancel', run_id.slice(0, 8));
    expect(steps).toMatchObject([{ status: 'succeeded' }, { status: 'cancelled' }]);
  });

  test('two that start at the same moment do the work once', async () => {
    const runs = [cli.start(['run', '--json', 'quick']), cli.start(['run', '--json', 'quick'])];
    const ended = await Promise.all(runs.map((one) => one.ended));
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    const cached = ended.map(({ stdout }) => JSON.parse(stdout).steps[0].cached);
    expect(cached.sort()).toEqual([false, true]);
  });

  test('ends with 3 when the daemon is killed, and the next daemon takes the pipeline over', async () => {
    const { pid } = await cli.json(DaemonInfo, 'up');
    const running = cli.start(['run']);
    await begun();
    process.kill(pid, 'SIGKILL');
    expect(await running.ended).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/DAEMON_UNREACHABLE: .*\nThe step that runs goes on; `crisol up`/),
    });
    expect((await cli.run('up')).stdout).toContain('work       a pipeline runs');
    await cancel();
    expect((await cli.json(RunList, 'runs')).runs).toMatchObject([{ state: 'cancelled' }]);
  });
});
