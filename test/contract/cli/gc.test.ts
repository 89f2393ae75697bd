import { afterAll, beforeAll, expect, test } from 'vitest';
import { GcReport } from '../../../schemas/wire/gc.ts';
import { TestDaemon } from '../../support/daemon.ts';
import { MlflowClient } from '../faults/mlflow-client.ts';
import { Cli } from './cli.ts';

const cli = new Cli();
let daemon: TestDaemon;
let client: MlflowClient;
beforeAll(async () => {
  daemon = await TestDaemon.start(cli.workspace.folder);
  client = new MlflowClient(daemon.info);
});
afterAll(async () => {
  await daemon.stop();
  await cli.dispose();
});

const FILES = '/api/2.0/mlflow-artifacts/artifacts';

test('what was deleted goes for good, with its files, and is named before', async () => {
  const made = await client.post('experiments/create', { name: 'attempts' });
  const { experiment_id } = made.body;
  const run = await client.post('runs/create', { experiment_id, run_name: 'first\u001b[2J' });
  const { run_id } = run.body.run.info;
  const file = `${FILES}/${experiment_id}/${run_id}/artifacts/model.bin`;
  await daemon.fetch(file, { method: 'PUT', body: new Uint8Array(1_500_000) });
  await client.post('experiments/delete', { experiment_id });
  expect((await client.post('experiments/create', { name: 'attempts' })).status).toBe(400);

  const young = await cli.json(GcReport, 'gc', '--older-than', '1d12h');
  expect(young).toMatchObject({ runs: 0, experiments: 0 });
  const planned = await cli.run('gc', '--dry-run');
  expect(planned.stdout).toContain(
    'Would remove 1 run, 0 logged models, 1 experiment; would free 1.5 MB in 1 file (dry run: nothing was changed).',
  );
  expect(planned.stdout).toMatch(/run +first\ufffd\[2J +1 +1\.5 MB +[0-9a-f]{32}\n/);
  expect((await daemon.fetch(file)).status).toBe(200);

  const done = await cli.run('gc');
  expect([done.code, done.stdout]).toEqual([0, expect.stringContaining('Removed 1 run, 0 logged models, 1 exp')]);
  expect((await daemon.fetch(file)).status).toBe(404);
  expect((await client.post('experiments/create', { name: 'attempts' })).status).toBe(200);
  expect((await cli.run('gc')).stdout).toBe(
    'Removed 0 runs, 0 logged models, 0 experiments; freed 0 bytes in 0 files.\n',
  );
});

test.each(['soon', '30', '1d and 2h', '0d'])('%j is no duration', async (text) => {
  const { code, stderr } = await cli.run('gc', '--older-than', text);
  expect([code, stderr]).toEqual([2, expect.stringContaining('It is no duration such as 30d, 12h or 1d12h.')]);
});
