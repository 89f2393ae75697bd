import { spawn } from 'node:child_process';
import { appendFileSync, rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../daemon/base/random.ts';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import { TestDaemon } from '../../support/daemon.ts';
import { isAlive } from '../../support/processes.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';
import { killSupervisor } from '../pipelines/executor/supervisor-of.ts';
import { MlflowClient } from './mlflow-client.ts';

let workspace: TempWorkspace;
let daemon: TestDaemon;
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(async () => {
  await daemon.kill();
  workspace.dispose();
});

describe('a daemon that is killed in the middle of bursts of writes', () => {
  const DEATHS = 6;
  const BURSTS_PER_LIFE = 3;
  const BURST = 40;

  it('misses nothing that it acknowledged', async () => {
    const next = seededRandom(20260101);
    const acknowledged = new Set<number>();
    let step = 0;
    let cutOff = 0;
    let run: string | undefined;
    for (let death = 0; death < DEATHS; death++) {
      daemon = await TestDaemon.start(workspace.folder);
      const client = new MlflowClient(daemon.info);
      run ??= await client.newRun();
      const log = async (run_id: string, at: number) => {
        const answer = await client.logMetric(run_id, at).catch(() => undefined);
        if (answer?.status === 200) acknowledged.add(at);
        else cutOff++;
      };
      for (let burst = 0; burst < BURSTS_PER_LIFE; burst++) {
        const last = burst === BURSTS_PER_LIFE - 1;
        const writes = Array.from({ length: BURST }, () => log(run ?? '', step++));
        if (last) {
          await setTimeout(next() * 25);
          await daemon.kill();
        }
        await Promise.all(writes);
      }
    }
    daemon = await TestDaemon.start(workspace.folder);
    const kept = await new MlflowClient(daemon.info).steps(run ?? '');
    expect([...acknowledged].filter((at) => !kept.has(at))).toEqual([]);
    // else the kills came too late to prove anything
    expect(cutOff).toBeGreaterThan(0);
    expect(acknowledged.size).toBeGreaterThan((DEATHS * BURSTS_PER_LIFE * BURST) / 2);
  });
});

describe('a pipeline whose daemon is killed', () => {
  const yaml = (script: string) =>
    `version: 1\nname: p\nsteps:\n  long: {run: "${script}"}\n  after: {run: echo after, needs: [long]}\n`;
  const PATIENT = 'echo $$ > pid; until [ -e go ]; do sleep 0.05; done; echo the end';

  async function startedRun(script: string): Promise<string> {
    workspace.write('crisol.yaml', yaml(script));
    daemon = await TestDaemon.start(workspace.folder);
    const { run_id } = await daemon.post<PipelineRun>('pipelines/runs', {});
    await waitFor(() => workspace.has('pid') && workspace.read('pid') !== '');
    return run_id;
  }

  const get = (run_id: string) => daemon.get<PipelineRun>(`pipelines/runs/${run_id}`);
  const ended = (run_id: string) =>
    waitFor(async () => {
      const run = await get(run_id);
      return run.ended_at !== null && run;
    });
  const inTracking = async (run_id: string) => (await daemon.get<{ state: string }>(`runs/${run_id}`)).state;

  it('goes on, is taken over by the next one, and succeeds', async () => {
    const run_id = await startedRun(PATIENT);
    const pid = Number(workspace.read('pid'));
    await daemon.kill();
    expect(isAlive(pid)).toBe(true);
    daemon = await TestDaemon.start(workspace.folder);
    expect(await get(run_id)).toMatchObject({ state: 'running', steps: [{ state: 'running' }, { state: 'pending' }] });
    expect((await daemon.get<{ busy: string[] }>('status')).busy).toEqual(['a pipeline runs']);
    workspace.write('go', '');
    expect(await ended(run_id)).toMatchObject({
      state: 'succeeded',
      steps: [{ state: 'succeeded' }, { state: 'succeeded' }],
    });
    expect(await inTracking(run_id)).toBe('succeeded');
    expect(await daemon.get(`pipelines/runs/${run_id}/logs/long`)).toMatchObject({ text: 'the end\n' });
  });

  it('is judged by what its step left when it ended while no daemon was there', async () => {
    const run_id = await startedRun(`${PATIENT}; exit 4`);
    const pid = Number(workspace.read('pid'));
    await daemon.kill();
    workspace.write('go', '');
    await waitFor(() => !isAlive(pid));
    daemon = await TestDaemon.start(workspace.folder);
    expect(await ended(run_id)).toMatchObject({
      state: 'failed',
      steps: [{ state: 'failed', reason: 'it ended with exit code 4: the end', tail: 'the end' }, { state: 'skipped' }],
    });
    expect(await inTracking(run_id)).toBe('failed');
  });

  it('can be cancelled by the next one', async () => {
    const run_id = await startedRun(PATIENT);
    const pid = Number(workspace.read('pid'));
    await daemon.kill();
    daemon = await TestDaemon.start(workspace.folder);
    await daemon.post(`pipelines/runs/${run_id}/cancel`, {});
    expect(await ended(run_id)).toMatchObject({ state: 'cancelled' });
    expect(isAlive(pid)).toBe(false);
    expect(await inTracking(run_id)).toBe('cancelled');
  });

  it('is not followed for ever when its supervisor was killed, too: what lives of it is ended first', async () => {
    const run_id = await startedRun(PATIENT);
    const pid = Number(workspace.read('pid'));
    await daemon.kill();
    killSupervisor(workspace);
    expect(isAlive(pid)).toBe(true);
    daemon = await TestDaemon.start(workspace.folder);
    // it is begun anew, once nothing of it is left
    await waitFor(() => Number(workspace.read('pid')) !== pid);
    expect(isAlive(pid)).toBe(false);
    workspace.write('go', '');
    expect(await ended(run_id)).toMatchObject({ state: 'succeeded', steps: [{ attempt: 2 }, {}] });
  });

  it('leaves alone another process that got the number of its step', async () => {
    const run_id = await startedRun(PATIENT);
    const step = Number(workspace.read('pid'));
    const [{ child_run_id: child } = {}] = (await get(run_id)).steps;
    const bystander = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    await daemon.kill();
    killSupervisor(workspace);
    process.kill(step, 'SIGKILL');
    appendFileSync(workspace.path('.crisol', 'runs', `${child}.jsonl`), `\n{"pid":${bystander.pid}}\n`);
    workspace.write('go', '');
    daemon = await TestDaemon.start(workspace.folder);
    expect(await ended(run_id)).toMatchObject({ state: 'succeeded', steps: [{ attempt: 2 }, {}] });
    expect(isAlive(bystander.pid ?? 0)).toBe(true);
    bystander.kill('SIGKILL');
  });

  it('starts the step that it was about to start', async () => {
    const run_id = await startedRun('echo $$ >> pid; echo once');
    await ended(run_id);
    await daemon.stop();
    // as it was kept just before the step was started
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(workspace.path('.crisol', 'store.db'));
    db.exec(`UPDATE pipeline_runs SET running = 1, state = json_set(state, '$.state', 'running', '$.ended_at', NULL);
      UPDATE pipeline_steps SET state = json_set(state, '$.state', iif(place = 0, 'running', 'pending'));
      UPDATE pipeline_steps SET begun = NULL WHERE place > 0`);
    db.close();
    rmSync(workspace.path('.crisol', 'runs'), { recursive: true });
    daemon = await TestDaemon.start(workspace.folder);
    expect(await ended(run_id)).toMatchObject({ state: 'succeeded' });
    expect(workspace.read('pid').trim().split('\n')).toHaveLength(2);
  });
});
