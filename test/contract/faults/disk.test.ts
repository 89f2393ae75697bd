import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readJournal } from '../../../daemon/pipelines/executors/local/journal.ts';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import type { Status } from '../../../schemas/wire/system.ts';
import { TestDaemon } from '../../support/daemon.ts';
import { isAlive } from '../../support/processes.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';
import { numbers, openStore } from '../../unit/store/open-store.ts';
import { crisol } from '../life/crisol.ts';
import { MlflowClient } from './mlflow-client.ts';
import { CAN_MOUNT, SmallDisk } from './small-disk.ts';

if (!CAN_MOUNT) {
  console.error(
    'NOT TESTED HERE: a daemon on a full disk. This machine lets us mount no disk (it takes root on Linux).',
  );
}

let disk: SmallDisk;
let daemon: TestDaemon | undefined;
beforeEach(() => {
  daemon = undefined;
  disk = new SmallDisk(8);
});
afterEach(async () => {
  await daemon?.kill();
  disk.dispose();
});

describe.runIf(CAN_MOUNT)('a full disk', () => {
  it('is told clearly, loses nothing that was acknowledged, and is over once there is room', async () => {
    daemon = await TestDaemon.start(disk.workspace.folder);
    const client = new MlflowClient(daemon.info);
    const run = await client.newRun();
    const acknowledged = new Set<number>();
    const log = async (step: number) => {
      const answer = await client.logMetric(run, step);
      if (answer.status === 200) acknowledged.add(step);
      return answer;
    };
    for (let step = 0; step < 20; step++) await log(step);
    disk.fill();

    let refused = await log(100);
    for (let step = 101; refused.status === 200 && step < 20_000; step++) refused = await log(step);
    expect(refused).toEqual({
      status: 507,
      body: {
        error_code: 'STORE_DISK_FULL',
        message: expect.stringMatching(/disk is full|could not be written/),
        hint: expect.stringContaining('disk space'),
      },
    });
    const status = await daemon.get<Status>('status');
    expect(status.store).toMatchObject({ state: 'failing', message: expect.any(String) });
    // reading goes on
    expect(await client.steps(run)).toEqual(acknowledged);

    disk.mend();
    expect((await log(50_000)).status).toBe(200);
    expect((await daemon.get<Status>('status')).store).toEqual({ state: 'ok' });
    await daemon.kill();
    daemon = await TestDaemon.start(disk.workspace.folder);
    expect(await new MlflowClient(daemon.info).steps(run)).toEqual(acknowledged);
  });

  it('is told of a run that has to start the daemon, too, and over for the next one', async () => {
    disk.workspace.write('crisol.yaml', 'version: 1\nname: p\nsteps:\n  a: {run: echo}\n');
    const run = () => crisol(disk.workspace.folder, 'run', '--force');
    expect((await run()).code).toBe(0);
    await crisol(disk.workspace.folder, 'down');
    disk.fill();
    expect(await run()).toMatchObject({ code: 1, err: expect.stringMatching(/^STORE_DISK_FULL: .*\n.*disk space/) });
    disk.mend();
    expect((await run()).code).toBe(0);
    await crisol(disk.workspace.folder, 'down');
  });

  it('makes a running pipeline wait, not fail', async () => {
    disk.workspace.write(
      'crisol.yaml',
      'version: 1\nname: p\nsteps:\n  a: {run: "touch up; until [ -e go ]; do sleep 0.05; done"}\n  b: {run: "true", needs: [a]}\n',
    );
    disk.workspace.write('ready', '');
    daemon = await TestDaemon.start(disk.workspace.folder);
    const { run_id } = await daemon.post<PipelineRun>('pipelines/runs', {});
    await waitFor(() => disk.workspace.has('up'));
    disk.workspace.write('go.draft', '');
    disk.fill();
    // until the store's log has no room left in it either
    const client = new MlflowClient(daemon.info);
    await waitFor(
      async () => (await client.post('experiments/create', { name: 'x'.repeat(400) + Math.random() })).status === 507,
    );
    spawnSync('mv', [disk.workspace.path('go.draft'), disk.workspace.path('go')]);
    const [{ child_run_id: child } = {}] = (await daemon.get<PipelineRun>(`pipelines/runs/${run_id}`)).steps;
    const { pid } = readJournal(disk.workspace.path('.crisol', 'runs', `${child}.jsonl`)) ?? {};
    await waitFor(() => pid && !isAlive(pid), { what: 'the end of the step' });
    disk.mend();
    const ended = await waitFor(async () => {
      const run = await daemon?.get<PipelineRun>(`pipelines/runs/${run_id}`);
      return run?.ended_at ? run : undefined;
    });
    expect(ended.steps.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
  });

  it('is said by `crisol up`, which works once there is room', async () => {
    disk.fill();
    const refused = await crisol(disk.workspace.folder, 'up');
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/^STORE_DISK_FULL: .+\nFree some disk space/);
    disk.mend();
    daemon = await TestDaemon.start(disk.workspace.folder);
  });
});

describe('a folder that cannot be written', () => {
  it('is said by `crisol up` in a new workspace and in one with a store, which works once it can', async () => {
    const refused = async () => {
      const { code, err } = await crisol(disk.workspace.folder, 'up');
      expect(err).toMatch(/^STORE_READ_ONLY: .+\nMake the workspace folder writable/);
      expect(code).toBe(1);
    };
    if (!CAN_MOUNT) disk.workspace.write('.crisol/.gitignore', '*\n');
    disk.setWritable(false);
    await refused();
    disk.setWritable(true);
    daemon = await TestDaemon.start(disk.workspace.folder);
    await daemon.stop();
    disk.setWritable(false);
    await refused();
    disk.setWritable(true);
    daemon = await TestDaemon.start(disk.workspace.folder);
  });
});

/** The portable way to a write that fails: the system lets no file of that process grow beyond this. */
it('a file that may not grow is told clearly, and loses nothing that was acknowledged', () => {
  const workspace = new TempWorkspace();
  try {
    const script = `
      import { Store } from ${JSON.stringify(new URL('../../../daemon/store/index.ts', import.meta.url).href)};
      import { HISTORY } from ${JSON.stringify(new URL('../../unit/store/open-store.ts', import.meta.url).href)};
      import { systemClock as clock } from ${JSON.stringify(new URL('../../../daemon/base/clock.ts', import.meta.url).href)};
      process.on('SIGXFSZ', () => {});
      const store = new Store({ file: 'store.db', migrations: HISTORY, backups: 'backups', clock });
      const insert = store.db.prepare('INSERT INTO numbers (name, value) VALUES (?, 1)');
      for (let n = 0; ; n++) {
        try {
          await store.write(() => insert.run(n + 'x'.repeat(1000)));
        } catch ({ code }) {
          console.log(JSON.stringify({ acknowledged: n, code, health: store.health().state }));
          process.kill(process.pid, 'SIGKILL');
        }
      }`;
    const limited = [
      '-c',
      'ulimit -f 1024; exec "$0" --input-type=module-typescript -e "$1"',
      process.execPath,
      script,
    ];
    const { stdout, stderr } = spawnSync('/bin/sh', limited, { cwd: workspace.folder, encoding: 'utf8' });
    expect([stdout, stderr]).toEqual([expect.stringContaining('"code":"STORE_DISK_FULL"'), expect.anything()]);
    const { acknowledged, health } = JSON.parse(stdout);
    expect(health).toBe('failing');
    const store = openStore(workspace);
    expect(Object.keys(numbers(store))).toHaveLength(acknowledged);
  } finally {
    workspace.dispose();
  }
});
