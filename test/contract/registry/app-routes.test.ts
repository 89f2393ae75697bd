import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createArtifacts } from '../../../daemon/artifacts/index.ts';
import { systemClock } from '../../../daemon/base/clock.ts';
import { registryRoutes } from '../../../daemon/http/app/registry.ts';
import { trackingRoutes } from '../../../daemon/http/app/tracking.ts';
import { Guard } from '../../../daemon/http/guard.ts';
import type { App } from '../../../daemon/http/server.ts';
import { createHttp, listen } from '../../../daemon/http/server.ts';
import type { Registry } from '../../../daemon/registry/index.ts';
import { createRegistry } from '../../../daemon/registry/index.ts';
import { Store } from '../../../daemon/store/index.ts';
import { migrations } from '../../../daemon/store/migrations/index.ts';
import type { Tracking } from '../../../daemon/tracking/index.ts';
import { createTracking } from '../../../daemon/tracking/index.ts';
import { Hub } from '../../../daemon/ws/hub.ts';
import { registryTopics } from '../../../daemon/ws/topics/registry.ts';
import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

const TOKEN = 'token';
let workspace: TempWorkspace;
let store: Store;
let tracking: Tracking;
let app: App;
let hub: Hub;
let registry: Registry;
let url: string;

beforeEach(async () => {
  workspace = new TempWorkspace();
  const clock = systemClock;
  store = new Store({ file: workspace.path('store.db'), migrations, backups: workspace.path('backups'), clock });
  tracking = createTracking({ store, clock });
  const folder = workspace.path('.crisol', 'models');
  const artifacts = createArtifacts({ store, folder: workspace.path('.crisol', 'artifacts'), clock });
  registry = createRegistry({ store, folder, workspace: workspace.folder, runs: tracking.runs, artifacts, clock });
  const guard = new Guard(TOKEN);
  const logger = { info() {}, warn() {}, error: (fields: object) => expect.fail(JSON.stringify(fields)) };
  app = createHttp({ guard, logger, onRequest() {} });
  trackingRoutes(app, tracking);
  registryRoutes(app, registry);
  hub = new Hub('epoch');
  hub.follow('registry');
  registryTopics({ hub, registry });
  const port = await listen(app, 0);
  guard.allowPort(port);
  url = `http://127.0.0.1:${port}${APP_PREFIX}`;
});
afterEach(async () => {
  await app.close();
  await store.dispose();
  workspace.dispose();
});

async function ask(path: string, body?: unknown) {
  const headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const method = body === undefined ? 'GET' : 'POST';
  const response = await fetch(url + path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

describe('runs for the views', () => {
  it('lists experiments and runs, and shows one run with its series', async () => {
    const { run_id } = await tracking.runs.start({ experiment_id: '0', name: 'r', tags: [{ key: 't', value: 'x' }] });
    const points = Array.from({ length: 500 }, (_, step) => ({ key: 'm', value: step, step, timestamp: step }));
    const odd = { key: 'odd', value: Number.NaN, step: 0, timestamp: 0 };
    await tracking.log.batch(run_id, { metrics: [...points, odd], params: [{ key: 'p', value: '1' }] });

    const [experiment] = (await ask('/experiments')).body.experiments;
    expect(experiment).toEqual({
      experiment_id: '0',
      name: 'Default',
      run_count: 1,
      top_count: 1,
      tags: [],
      updated_at: experiment.updated_at,
    });
    const [listed] = (await ask('/runs?experiment_id=0&limit=5')).body.runs;
    expect(listed).toMatchObject({
      run_id,
      state: 'running',
      ended_at: null,
      metrics: [{ key: 'm', value: 499 }, { value: 'NaN' }],
    });
    const detail = (await ask(`/runs/${run_id}`)).body;
    expect(detail).toMatchObject({
      params: [{ key: 'p', value: '1' }],
      tags: [{ key: 't' }],
      experiment_name: 'Default',
    });
    expect(detail).not.toHaveProperty('deleted');

    const sampled = (await ask(`/runs/${run_id}/metrics?points=40&keys=m`)).body.series;
    expect(sampled).toMatchObject([{ key: 'm', total: 500 }]);
    expect(sampled[0].points.length).toBeLessThanOrEqual(40);
    expect((await ask(`/runs/${run_id}/metrics?keys=m&keys=odd`)).body.series).toHaveLength(2);
  });

  it('pages through runs', async () => {
    for (const [at, name] of ['a', 'b', 'c'].entries()) {
      await tracking.runs.start({ experiment_id: '0', name, started_at: at + 1 });
    }
    const first = (await ask('/runs?limit=2')).body;
    const second = (await ask(`/runs?limit=2&page_token=${first.next_page_token}`)).body;
    expect([...first.runs, ...second.runs].map(({ name }: { name: string }) => name)).toEqual(['c', 'b', 'a']);
    expect(second.next_page_token).toBeUndefined();
  });

  it('refuses what makes no sense', async () => {
    expect((await ask('/runs?limit=0')).status).toBe(400);
    expect((await ask('/runs?page_token=zzz')).body.error_code).toBe('INVALID_PARAMETER_VALUE');
    expect((await ask('/runs/nobody')).body.error_code).toBe('RESOURCE_DOES_NOT_EXIST');
    expect((await ask('/runs/nobody/metrics?points=3')).status).toBe(400);
  });
});

describe('models for the views', () => {
  const NAME = encodeURIComponent('liga ñandú 🏆');

  it('registers, promotes, and tells whoever listens', async () => {
    const events: string[] = [];
    hub.published.on(({ text }) => events.push(text));
    workspace.write('m/model.onnx', 'bytes');
    const signature = { inputs: [], target: 't', classes: ['a'], outputs: { label: 'l', probabilities: 'p' } };
    workspace.write('m/signature.json', JSON.stringify(signature));

    const registered = await ask(`/models/${NAME}/versions`, { folder: workspace.path('m'), metrics: { f1: 0.5 } });
    expect(registered).toMatchObject({ status: 200, body: { version: 1, stage: 'development', metrics: { f1: 0.5 } } });
    const promoted = await ask(`/models/${NAME}/versions/1/promote`, { to: 'staging', reason: 'good' });
    expect(promoted).toMatchObject({ status: 200, body: { stage: 'staging', dry_run: false } });
    expect((await ask('/models')).body.models).toMatchObject([
      { name: 'liga ñandú 🏆', versions: [{ stage: 'staging' }] },
    ]);
    expect((await ask(`/models/${NAME}`)).body.versions).toHaveLength(1);
    expect((await ask(`/models/${NAME}/history`)).body.changes).toMatchObject([{ to: 'staging', reason: 'good' }]);
    expect(events.map((text) => JSON.parse(text).model.versions[0].stage)).toEqual(['development', 'staging']);
    await registry.catalog.rename('liga ñandú 🏆', 'liga');
    expect(events.slice(2).map((text) => JSON.parse(text))).toMatchObject([
      { type: 'registry/model-removed', name: 'liga ñandú 🏆' },
      { type: 'registry/model', model: { name: 'liga' } },
    ]);
    await registry.catalog.rename('liga', 'liga ñandú 🏆');
    expect(JSON.parse(await hub.snapshot('registry'))).toMatchObject({ models: [{ name: 'liga ñandú 🏆' }] });
  });

  it('refuses unknown stages, versions that are no numbers, and models that are not there', async () => {
    expect((await ask('/models/x/versions/1/promote', { to: 'live', reason: '' })).status).toBe(400);
    expect((await ask('/models/x/versions/one/promote', { to: 'staging', reason: '' })).status).toBe(400);
    expect((await ask('/models/x')).body.error_code).toBe('RESOURCE_DOES_NOT_EXIST');
    expect((await ask('/models/a%2Fb/versions', { folder: workspace.folder })).body.error_code).toBe(
      'INVALID_PARAMETER_VALUE',
    );
  });
});
