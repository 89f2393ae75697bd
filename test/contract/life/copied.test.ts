import { copyFileSync, cpSync, renameSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import { TestDaemon } from '../../support/daemon.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

const YAML = 'version: 1\nname: p\nsteps:\n  one: {run: echo begun}\n';
const REASON = 'this folder was copied from elsewhere: run it again';

let theirs: TempWorkspace;
let mine: TempWorkspace;
let daemon: TestDaemon;
let run_id: string;
beforeEach(async () => {
  theirs = new TempWorkspace({ files: { 'crisol.yaml': YAML } });
  mine = new TempWorkspace({ files: { 'crisol.yaml': YAML } });
  daemon = await TestDaemon.start(theirs.folder);
  ({ run_id } = await daemon.post<PipelineRun>('pipelines/runs', {}));
  await ended();
  await daemon.stop();
});
afterEach(async () => {
  await daemon.kill();
  theirs.dispose();
  mine.dispose();
});

const ended = () => daemon.endOf(run_id);

/** As if a run had been broken off before its step, whose command is another now. */
function plant(folder: TempWorkspace, also = ''): void {
  const db = new Database(folder.path('.crisol', 'store.db'));
  const row = db.prepare<[], { state: string; plan: string }>('SELECT state, plan FROM pipeline_runs').get();
  const { state, plan } = row ?? { state: '', plan: '' };
  const run: PipelineRun = JSON.parse(state);
  const planted = JSON.stringify({ ...run, state: 'running', ended_at: null });
  const command = plan.replace('echo begun', 'echo taken > taken.txt');
  expect(command).not.toBe(plan);
  db.prepare('UPDATE pipeline_runs SET running = 1, state = ?, plan = ?').run(planted, command);
  db.exec("UPDATE pipeline_steps SET state = json_set(state, '$.state', 'pending')");
  db.exec(also);
  db.close();
}

async function expectNothingRan(): Promise<void> {
  expect(await ended()).toMatchObject({ state: 'failed', steps: [{ state: 'failed', reason: REASON }] });
  expect(await daemon.get(`runs/${run_id}`)).toMatchObject({ state: expect.not.stringMatching('running') });
  expect((await daemon.get<{ busy: string[] }>('status')).busy).toEqual([]);
  expect(mine.has('taken.txt')).toBe(false);
}

describe('runs no command of a store that somebody else wrote:', () => {
  it('a .crisol that came with a repository', async () => {
    plant(theirs);
    cpSync(theirs.path('.crisol'), mine.path('.crisol'), { recursive: true });
    daemon = await TestDaemon.start(mine.folder);
    await expectNothingRan();
  });

  it('a store that took the place of ours, as `git pull` may', async () => {
    daemon = await TestDaemon.start(mine.folder);
    await daemon.stop();
    plant(theirs);
    copyFileSync(theirs.path('.crisol/store.db'), mine.path('.crisol/store.db'));
    daemon = await TestDaemon.start(mine.folder);
    await expectNothingRan();
  });

  it('not at a later start either, whatever triggers it brings', async () => {
    plant(
      theirs,
      `CREATE TABLE planted AS SELECT * FROM pipeline_runs;
       CREATE TRIGGER again AFTER UPDATE ON pipeline_runs BEGIN
         UPDATE pipeline_runs SET running = 1, plan = (SELECT plan FROM planted), state = (SELECT state FROM planted);
       END`,
    );
    cpSync(theirs.path('.crisol'), mine.path('.crisol'), { recursive: true });
    for (let start = 0; start < 2; start++) {
      daemon = await TestDaemon.start(mine.folder);
      // it starts what it is going to start before it answers: that would be under way, or done with its file
      expect((await daemon.get<{ busy: string[] }>('status')).busy).toEqual([]);
      expect(mine.has('taken.txt')).toBe(false);
      await daemon.stop();
    }
  });

  it('nor starts its endpoints, which are neither known nor have its tokens', async () => {
    const row =
      "INSERT INTO endpoints (name, model_ref, port, token, running, seal) VALUES ('e', 'm', 0, 't', 1, 'guessed')";
    plant(theirs, row);
    cpSync(theirs.path('.crisol'), mine.path('.crisol'), { recursive: true });
    daemon = await TestDaemon.start(mine.folder);
    await ended();
    expect(await daemon.get('endpoints')).toEqual({ endpoints: [] });
  });

  it('with another token than the one that is known elsewhere', async () => {
    const known = JSON.parse(theirs.read('.crisol/address.json')).token;
    cpSync(theirs.path('.crisol'), mine.path('.crisol'), { recursive: true });
    daemon = await TestDaemon.start(mine.folder);
    expect(daemon.info.token).not.toBe(known);
  });
});

it('keeps all that it knows when its folder moves', async () => {
  const { token } = daemon.info;
  renameSync(theirs.path('.crisol'), mine.path('.crisol'));
  daemon = await TestDaemon.start(mine.folder);
  expect(daemon.info.token).not.toBe(token);
  expect(await ended()).toMatchObject({ state: 'succeeded' });
  expect(await daemon.get(`runs/${run_id}`)).toMatchObject({ state: 'succeeded' });
  const again = daemon.info.token;
  await daemon.stop();
  daemon = await TestDaemon.start(mine.folder);
  expect(daemon.info.token).toBe(again);
});
