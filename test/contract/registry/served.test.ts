import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EndpointDetail } from '../../../schemas/wire/serving.ts';
import { TestDaemon } from '../../support/daemon.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { writeTinyModel } from '../serving/support/tiny-model.ts';

let workspace: TempWorkspace;
let daemon: TestDaemon;
beforeEach(async () => {
  workspace = new TempWorkspace();
  daemon = await TestDaemon.start(workspace.folder);
  const folder = await writeTinyModel(workspace.path('build'), 1);
  await daemon.post('models/tiny/versions', { folder, stage: 'production' });
});
afterEach(async () => {
  await daemon.stop();
  workspace.dispose();
});

/** What a script asks for through MLflow's client. */
const mlflow = (method: string, path: string, body: object) =>
  daemon.fetch(`/api/2.0/mlflow/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const start = (name: string) => daemon.post<EndpointDetail>(`endpoints/${encodeURIComponent(name)}/start`, {});
const endpoint = (name: string) => daemon.get<EndpointDetail>(`endpoints/${encodeURIComponent(name)}`);

test('an endpoint refuses a version of which only the script has the files, and says what helps', async () => {
  await mlflow('POST', 'model-versions/create', { name: 'tiny', source: 's3://bucket/model' });
  await expect(start('tiny/2')).rejects.toThrow(/409.*MODEL_NOT_SERVABLE.*MLflow's own client/);
  expect((await endpoint('tiny/2')).problem).toContain('tiny v2 was registered by a script');
});

test('an endpoint of an alias follows it, from its first version on', async () => {
  await expect(start('tiny@champion')).rejects.toThrow('ENDPOINT_NO_MODEL');
  await mlflow('POST', 'registered-models/alias', { name: 'tiny', alias: 'champion', version: '1' });
  await expect.poll(() => endpoint('tiny@champion'), { timeout: 20_000 }).toMatchObject({ state: 'ready', version: 1 });
});

test('an endpoint of a model that is deleted goes on and says so; its files go with the daemon', async () => {
  await start('tiny@production');
  const deleted = await mlflow('DELETE', 'registered-models/delete', { name: 'tiny' });
  expect(deleted.status).toBe(200);
  await expect
    .poll(() => endpoint('tiny@production'))
    .toMatchObject({
      state: 'ready',
      problem: 'tiny@production names no version of a model now. Version 1 is still served.',
    });
  expect(workspace.has('.crisol/models/tiny/1/model.onnx')).toBe(true);
  await daemon.stop();
  daemon = await TestDaemon.start(workspace.folder);
  await expect.poll(() => workspace.has('.crisol/models/tiny')).toBe(false);
});
