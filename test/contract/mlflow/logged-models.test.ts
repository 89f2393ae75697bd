import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MlflowServer } from './mlflow-server.ts';
import { startMlflowServer } from './mlflow-server.ts';

let server: MlflowServer;
let run_id: string;
beforeAll(async () => {
  server = await startMlflowServer();
  const { body } = await server.request('POST', 'runs/create', { experiment_id: '0' });
  run_id = body.run.info.run_id;
});
afterAll(async () => {
  expect(server.failures).toEqual([]);
  await server.stop();
});

const models = (method: string, path = '', body?: object) => server.request(method, `logged-models${path}`, body);
const create = async (body: object = {}): Promise<string> => {
  const answer = await models('POST', '', { experiment_id: '0', ...body });
  return answer.body.model.info.model_id;
};
const get = async (id: string) => (await models('GET', `/${id}`)).body.model;

describe('a logged model', () => {
  it('is answered as MLflow has it, from pending to ready', async () => {
    const params = [{ key: 'depth', value: '3' }];
    const tags = [{ key: 'team', value: 'data' }];
    const made = await models('POST', '', {
      experiment_id: '0',
      name: 'forest',
      model_type: 'sklearn',
      source_run_id: run_id,
      params,
      tags,
    });
    const { info, data } = made.body.model;
    const { model_id } = info;
    expect(info).toEqual({
      model_id: expect.stringMatching(/^m-[0-9a-f]{32}$/),
      experiment_id: '0',
      name: 'forest',
      creation_timestamp_ms: expect.any(Number),
      last_updated_timestamp_ms: info.creation_timestamp_ms,
      artifact_uri: `mlflow-artifacts:/0/models/${model_id}/artifacts`,
      status: 'LOGGED_MODEL_PENDING',
      model_type: 'sklearn',
      source_run_id: run_id,
      tags,
    });
    expect(data).toEqual({ params });
    const ready = await models('PATCH', `/${model_id}`, { model_id, status: 'LOGGED_MODEL_READY' });
    expect(ready.body.model.info.status).toBe('LOGGED_MODEL_READY');
    expect(await get(model_id)).toEqual(ready.body.model);
    await models('PATCH', `/${model_id}`, { model_id, status: 3 });
    expect((await get(model_id)).info.status).toBe('LOGGED_MODEL_UPLOAD_FAILED');
  });

  it('is given a name when it has none', async () => {
    expect((await get(await create({ name: '' }))).info.name).toMatch(/^[a-z]+-[a-z]+-\d+$/);
  });

  it('gets more params and tags, and loses tags, whatever their names', async () => {
    const id = await create();
    expect((await models('POST', `/${id}/params`, { model_id: id, params: [{ key: 'a' }] })).body).toEqual({});
    const tags = [
      { key: 'a/b c', value: '1' },
      { key: 'c', value: '2' },
    ];
    expect((await models('PATCH', `/${id}/tags`, { tags })).body).toEqual({});
    expect((await models('DELETE', `/${id}/tags/${encodeURIComponent('a/b c')}`, {})).body).toEqual({});
    expect((await get(id)).data).toEqual({ params: [{ key: 'a', value: '' }] });
    expect((await get(id)).info.tags).toEqual([{ key: 'c', value: '2' }]);
    expect(await models('DELETE', `/${id}/tags/none`)).toMatchObject({
      status: 404,
      body: { message: `No tag with key 'none' found for model with ID '${id}'.` },
    });
  });

  it('is hidden when it is deleted, unless asked for', async () => {
    const id = await create({ name: 'gone' });
    for (let again = 0; again < 2; again++) {
      expect(await models('DELETE', `/${id}`, { model_id: id })).toEqual({ status: 200, body: {} });
    }
    expect(await models('GET', `/${id}`)).toMatchObject({
      status: 404,
      body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: `Logged model with ID '${id}' not found.` },
    });
    expect((await models('GET', `/${id}?allow_deleted=true`)).body.model.info.name).toBe('gone');
    const found = await models('POST', '/search', { experiment_ids: ['0'], filter: "name = 'gone'" });
    expect(found.body).toEqual({});
  });

  it('lists its files', async () => {
    const id = await create();
    const root_uri = `mlflow-artifacts:/0/models/${id}/artifacts`;
    await server.artifacts.put(`0/models/${id}/artifacts/data/MLmodel`, Readable.from(['x: 1']));
    expect((await models('GET', `/${id}/artifacts/directories`)).body).toEqual({
      root_uri,
      files: [{ path: 'data', is_dir: true }],
    });
    expect((await models('GET', `/${id}/artifacts/directories?artifact_directory_path=data`)).body).toEqual({
      root_uri,
      files: [{ path: 'data/MLmodel', is_dir: false, file_size: 4 }],
    });
    expect((await models('GET', `/${id}/artifacts/directories?artifact_directory_path=../x`)).status).toBe(400);
  });

  it('holds the metrics that were logged for it', async () => {
    const model_id = await create();
    const point = { run_id, key: 'acc', value: 0.5, timestamp: 1000, step: 1 };
    const on = { model_id, dataset_name: 'test', dataset_digest: 'd1' };
    await server.request('POST', 'runs/log-metric', { ...point, ...on });
    const metrics = [
      { key: 'loss', value: 'NaN', timestamp: 1, model_id },
      { key: 'plain', value: 1, timestamp: 1 },
    ];
    await server.request('POST', 'runs/log-batch', { run_id, metrics });
    expect((await get(model_id)).data.metrics).toEqual([
      { ...point, ...on },
      { key: 'loss', value: 'NaN', timestamp: 1, step: 0, model_id, run_id },
    ]);
    const half = await server.request('POST', 'runs/log-metric', { ...point, model_id, dataset_name: 'test' });
    expect(half.body.message).toBe('Both dataset_name and dataset_digest must be provided if one is provided');
    const unknown = await server.request('POST', 'runs/log-metric', { ...point, model_id: 'm-0' });
    expect(unknown).toMatchObject({ status: 400, body: { error_code: 'BAD_REQUEST' } });
  });

  const refusals: [what: string, method: string, path: string, body: object, status: number, message: RegExp][] = [
    ['no experiment', 'POST', '', { experiment_id: '' }, 400, /required parameter 'experiment_id'/],
    ['an experiment that is not there', 'POST', '', { experiment_id: '99' }, 404, /No Experiment with id=99 exists/],
    ...['a/b', 'a:b', 'a.b', 'a%b', 'a"b', "a'b"].map((name): [string, string, string, object, number, RegExp] => [
      `the name ${name}`,
      'POST',
      '',
      { experiment_id: '0', name },
      400,
      /^Invalid model name/,
    ]),
    [
      'a param twice',
      'POST',
      '',
      { experiment_id: '0', params: [{ key: 'a' }, { key: 'a' }] },
      400,
      /Duplicate parameter keys/,
    ],
    ['no status', 'PATCH', '/m-0', { model_id: 'm-0' }, 400, /required parameter 'status'/],
    ['a status of nothing', 'PATCH', '/m-0', { model_id: 'm-0', status: 2 }, 404, /'m-0' not found/],
    ['tags of nothing', 'PATCH', '/m-0/tags', { tags: [] }, 404, /'m-0' not found/],
    ['params of nothing', 'POST', '/m-0/params', { model_id: 'm-0', params: [] }, 404, /'m-0' not found/],
    ['a search of no experiments', 'POST', '/search', {}, 400, /required parameter 'experiment_ids'/],
  ];
  it.each(refusals)('refuses %s', async (_what, method, path, body, status, message) => {
    const answer = await models(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.message).toMatch(message);
  });
});

describe('a search of logged models', () => {
  let experiment_id: string;
  const search = (more: object = {}) => models('POST', '/search', { experiment_ids: [experiment_id], ...more });
  const names = async (more: object = {}) =>
    ((await search(more)).body.models ?? []).map(({ info }: { info: { name: string } }) => info.name);

  beforeAll(async () => {
    experiment_id = (await server.request('POST', 'experiments/create', { name: 'searched' })).body.experiment_id;
    for (const [index, value] of [0.1, 0.9, 0.5].entries()) {
      const model_id = await create({ experiment_id, name: `m${index}`, params: [{ key: 'p', value: String(index) }] });
      if (index === 0) await models('PATCH', `/${model_id}`, { model_id, status: 'LOGGED_MODEL_READY' });
      const metrics = ['train', 'test'].map((dataset_name, at) => {
        const on = { dataset_name, dataset_digest: 'd', model_id };
        return { key: 'acc', value: at === 0 ? value : -value, timestamp: at, ...on };
      });
      await server.request('POST', 'runs/log-batch', { run_id, metrics });
    }
  });

  it('filters, by the status in any of its names too', async () => {
    for (const filter of ["status = 'READY'", "status = 'LOGGED_MODEL_READY'", 'status = 2', "status IN ('READY')"]) {
      expect(await names({ filter })).toEqual(['m0']);
    }
    expect(await names({ filter: "metrics.acc > 0.3 AND params.p != '1'" })).toEqual(['m2']);
    expect(await names({ filter: 'metrics.acc > 0.3', datasets: [{ dataset_name: 'test' }] })).toEqual([]);
  });

  it('orders by an attribute, by a metric, and by a metric on one dataset', async () => {
    expect(await names({ order_by: [{ field_name: 'name', ascending: false }] })).toEqual(['m2', 'm1', 'm0']);
    expect(await names({ order_by: [{ field_name: 'metrics.acc' }] })).toEqual(['m1', 'm2', 'm0']);
    const onTrain = { field_name: 'metrics.acc', ascending: false, dataset_name: 'train' };
    expect(await names({ order_by: [onTrain] })).toEqual(['m1', 'm2', 'm0']);
    expect(await names({ order_by: [{ ...onTrain, ascending: true }] })).toEqual(['m0', 'm2', 'm1']);
  });

  it('comes in pages, whose tokens fit no other search', async () => {
    const order_by = [{ field_name: 'name' }];
    const first = await search({ max_results: 2, order_by });
    expect(first.body.models).toHaveLength(2);
    const page_token = first.body.next_page_token;
    const second = await search({ max_results: 2, order_by, page_token });
    expect(second.body.models.map(({ info }: { info: { name: string } }) => info.name)).toEqual(['m2']);
    expect(second.body.next_page_token).toBeUndefined();
    for (const other of [{ page_token }, { order_by, page_token: 'zzz' }, { order_by, page_token: `x${page_token}` }]) {
      expect((await search(other)).status).toBe(400);
    }
  });

  it('takes any number of datasets', async () => {
    const datasets = Array.from({ length: 3000 }, (_, index) => ({ dataset_name: `d${index}`, dataset_digest: 'd' }));
    expect(await names({ datasets })).toEqual([]);
    expect(await names({ datasets: [...datasets, { dataset_name: 'test' }] })).toHaveLength(3);
  });

  const refusals: [what: string, body: object][] = [
    ['an order by params', { order_by: [{ field_name: 'params.p' }] }],
    ['an order by nothing', { order_by: [{}] }],
    ['an unknown attribute', { filter: "colour = 'red'" }],
    ['half a filter', { filter: 'metrics.acc >' }],
    ['a dataset without a name', { datasets: [{ dataset_digest: 'd' }] }],
    ['more orders than make sense', { order_by: Array(101).fill({ field_name: 'name' }) }],
    ['a pattern without end', { filter: `params.p LIKE '${'%a'.repeat(30_000)}'` }],
    ['fewer than no results', { max_results: -1 }],
  ];
  it.each(refusals)('refuses %s', async (_what, body) => {
    expect(await search(body)).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
  });
});
