import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MlflowServer } from './mlflow-server.ts';
import { startMlflowServer, TOKEN } from './mlflow-server.ts';

let server: MlflowServer;
let run_id: string;
beforeAll(async () => {
  server = await startMlflowServer();
});
afterAll(async () => {
  expect(server.failures).toEqual([]);
  await server.stop();
});
beforeEach(async () => {
  const { body } = await server.request('POST', 'runs/create', { experiment_id: '0', start_time: 5 });
  run_id = body.run.info.run_id;
});

const post = (path: string, body: unknown) => server.request('POST', path, body);
const get = (path: string) => server.request('GET', path);
const run = async () => (await get(`runs/get?run_id=${run_id}`)).body.run;
const point = { key: 'loss', value: 0.5, timestamp: 1000 };

describe('JSON as MLflow writes it', () => {
  it('answers a new run with both ids, an invented name mirrored as a tag, and nothing empty', async () => {
    const { info, data, inputs, outputs } = await run();
    expect(info).toEqual({
      run_id,
      run_uuid: run_id,
      run_name: info.run_name,
      experiment_id: '0',
      user_id: '',
      status: 'RUNNING',
      start_time: 5,
      artifact_uri: `mlflow-artifacts:/0/${run_id}/artifacts`,
      lifecycle_stage: 'active',
    });
    expect(data).toEqual({ tags: [{ key: 'mlflow.runName', value: info.run_name }] });
    expect([inputs, outputs]).toEqual([{}, {}]);
  });

  it('takes numbers as text, ignores unknown fields, and understands run_uuid alone', async () => {
    const sent = { run_uuid: run_id, key: 'loss', value: '0.5', timestamp: '1000', step: '7', colour: { any: [1] } };
    expect(await post('runs/log-metric', sent)).toEqual({ status: 200, body: {} });
    expect((await run()).data.metrics).toEqual([{ key: 'loss', value: 0.5, timestamp: 1000, step: 7 }]);
  });

  it('answers the other prefix as well', async () => {
    const response = await fetch(`${server.url}/ajax-api/2.0/mlflow/runs/get?run_id=${run_id}`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect((await response.json()).run.info.run_id).toBe(run_id);
  });

  it('keeps NaN as a word and infinities as the greatest numbers', async () => {
    for (const value of ['NaN', 'Infinity', '-Infinity'])
      await post('runs/log-metric', { ...point, run_id, key: value, value });
    expect((await run()).data.metrics.map(({ key, value }: { key: string; value: unknown }) => [key, value])).toEqual([
      ['-Infinity', -Number.MAX_VALUE],
      ['Infinity', Number.MAX_VALUE],
      ['NaN', 'NaN'],
    ]);
  });
});

describe('what is refused, in words the client knows', () => {
  const refusals: [what: string, path: string, body: object, message: RegExp][] = [
    ['a missing key', 'log-metric', { value: 1, timestamp: 1 }, /^Missing value for required parameter 'key'/],
    ['an empty key', 'log-metric', { ...point, key: '' }, /^Missing value for required parameter 'key'/],
    ['a missing value', 'log-metric', { key: 'a', timestamp: 1 }, /^Missing value for required parameter 'value'/],
    ['a missing time', 'log-metric', { key: 'a', value: 1 }, /^Missing value for required parameter 'timestamp'/],
    ['a number for text', 'log-parameter', { key: 123, value: 'x' }, /^Invalid value 123 for parameter 'key' supplied/],
    ['text for a number', 'log-metric', { ...point, value: 'high' }, /^Invalid value "high" for parameter 'value'/],
    ['half a step', 'log-metric', { ...point, step: 0.5 }, /^Invalid value 0.5 for parameter 'step'/],
    ['a time before 1970', 'log-metric', { ...point, timestamp: -1 }, /nonnegative/],
    ['a key that climbs', 'log-metric', { ...point, key: 'a/../../b' }, /must not resolve to other names/],
    ['a key that ends in /', 'set-tag', { key: 'a/', value: '' }, /must not resolve to other names/],
    ['an emoji in a key', 'set-tag', { key: '⚽', value: '' }, /Names may only contain/],
    [
      'a long metric name',
      'log-metric',
      { ...point, key: 'k'.repeat(251) },
      /'Metric name' exceeds the maximum length of 250/,
    ],
    ['a long tag key', 'set-tag', { key: 'k'.repeat(251) }, /'key' exceeds the maximum length of 250/],
    [
      'a param twice',
      'log-batch',
      {
        params: [
          { key: 'a', value: '1' },
          { key: 'a', value: '1' },
        ],
      },
      /Duplicate parameter keys/,
    ],
    [
      'a wrong metric in a batch',
      'log-batch',
      { metrics: [point, { key: 'b', value: 1 }] },
      /'metrics\[1\].timestamp'/,
    ],
    ['no list', 'log-batch', { metrics: { 0: point } }, /parameter 'metrics' supplied/],
    ['1,001 metrics', 'log-batch', { metrics: Array(1001).fill(point) }, /at most 1000 metrics. Got 1001/],
    ['101 params', 'log-batch', { params: Array(101).fill({ key: 'a' }) }, /at most 100 params/],
    ['101 tags', 'log-batch', { tags: Array(101).fill({ key: 'a' }) }, /at most 100 tags/],
    [
      '1,000 and one more',
      'log-batch',
      { metrics: Array(1000).fill(point), tags: [{ key: 'a' }] },
      /at most 1000 metrics, params, and tags/,
    ],
  ];
  it.each(refusals)('%s', async (_what, path, body, message) => {
    const answer = await post(`runs/${path}`, { run_id, ...body });
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
    expect(answer.body.message).toMatch(message);
    expect((await run()).data.metrics).toBeUndefined();
  });

  it('names a run that is not there', async () => {
    const answer = await post('runs/log-metric', { ...point, run_id: 'f'.repeat(32) });
    expect(answer).toMatchObject({ status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST' } });
  });

  it('tells an unknown endpoint from a missing thing', async () => {
    for (const path of ['logged-models/batch', 'nothing']) {
      expect(await post(path, {})).toMatchObject({ status: 404, body: { error_code: 'ENDPOINT_NOT_FOUND' } });
    }
  });

  it('says what it does not keep, with the code that lets the client go on at once', async () => {
    for (const path of ['traces', 'traces/tr-1', 'traces/search']) {
      const answer = await post(path, { name: 'x' });
      expect(answer).toMatchObject({ status: 404, body: { error_code: 'ENDPOINT_NOT_FOUND' } });
      expect(answer.body.message).toContain('Crisol keeps no traces');
    }
  });

  it('says where files are read, to whoever looks for them as a page of MLflow does', async () => {
    for (const path of ['get-artifact?path=a.txt&run_uuid=x', 'model-versions/get-artifact?path=a&name=m&version=1']) {
      const { status, body } = await server.raw('GET', `/${path}`);
      expect([status, body.error_code]).toEqual([404, 'ENDPOINT_NOT_FOUND']);
      expect(body.message).toContain('mlflow.artifacts.download_artifacts');
    }
  });

  it('says what is wrong with an address that has something behind the port', async () => {
    for (const before of ['/', '/some/prefix', '/api/2.0/mlflow']) {
      const { status, body } = await server.raw('POST', `${before}/api/2.0/mlflow/runs/create`, {});
      expect([status, body.error_code]).toEqual([404, 'ENDPOINT_NOT_FOUND']);
      expect(body.message).toMatch(`ends with its port: set MLFLOW_TRACKING_URI to ${server.url}`);
    }
    const artifact = await server.raw('GET', '/x/api/2.0/mlflow-artifacts/artifacts/1/a');
    expect(artifact.body.message).toContain(server.url);
    // what comes behind a # is never sent
    expect((await server.raw('POST', '/', {})).body.message).toContain(server.url);
    expect((await server.raw('POST', '/elsewhere', {})).body.message).toBe('There is no POST /elsewhere.');
  });

  it('takes only objects', async () => {
    expect(await post('runs/create', [1])).toMatchObject({ status: 400, body: { error_code: 'BAD_REQUEST' } });
  });

  it('refuses other types of content', async () => {
    const response = await fetch(`${server.url}/api/2.0/mlflow/runs/create`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'text/plain' },
      body: '{}',
    });
    expect(response.status).toBe(400);
  });
});

describe('experiments', () => {
  it('refuse a name that is taken or too long, and a search without a size', async () => {
    expect(await post('experiments/create', { name: 'Default' })).toMatchObject({
      status: 400,
      body: { error_code: 'RESOURCE_ALREADY_EXISTS' },
    });
    expect((await post('experiments/create', { name: 'n'.repeat(501) })).body.message).toMatch(/maximum length of 500/);
    expect((await post('experiments/search', {})).body.message).toMatch(/required parameter 'max_results'/);
    expect((await post('experiments/search', { max_results: 50_001 })).status).toBe(400);
  });

  it('are searched by GET and POST, in order and in pages', async () => {
    for (const name of ['b', 'a', 'c']) await post('experiments/create', { name });
    const names = (answer: Awaited<ReturnType<typeof get>>) =>
      answer.body.experiments.map(({ name }: { name: string }) => name);
    const first = await get('experiments/search?max_results=2&order_by=name%20ASC');
    expect(names(first)).toEqual(['Default', 'a']);
    const token = first.body.next_page_token;
    const second = await post('experiments/search', { max_results: 2, order_by: ['name'], page_token: token });
    expect([names(second), second.body.next_page_token]).toEqual([['b', 'c'], undefined]);
    expect((await post('experiments/search', { max_results: 2, page_token: '{}' })).status).toBe(400);
    expect((await post('experiments/search', { max_results: 2, filter: 'tags.a = 1' })).status).toBe(400);
  });
});

describe('history', () => {
  it('comes in the order of times, page by page', async () => {
    const metrics = [3, 1, 2].map((at) => ({ key: 'm', value: at, timestamp: at, step: -at }));
    await post('runs/log-batch', { run_id, metrics });
    const path = `metrics/get-history?run_id=${run_id}&metric_key=m`;
    const values = (answer: Awaited<ReturnType<typeof get>>) =>
      answer.body.metrics.map(({ value }: { value: number }) => value);
    expect(values(await get(path))).toEqual([1, 2, 3]);
    const first = await get(`${path}&max_results=2`);
    expect(values(first)).toEqual([1, 2]);
    const second = await get(`${path}&max_results=2&page_token=${encodeURIComponent(first.body.next_page_token)}`);
    expect([values(second), second.body.next_page_token]).toEqual([[3], undefined]);
    expect((await get(`${path}&max_results=0`)).status).toBe(400);
    expect((await get(`metrics/get-history?run_id=${run_id}&metric_key=none`)).body).toEqual({});
  });
});

it('loses no point when 64 clients log at once', async () => {
  const clients = Array.from({ length: 64 }, async (_, client) => {
    for (let step = 0; step < 20; step++)
      await post('runs/log-metric', { ...point, run_id, key: `m${client % 8}`, value: client, step });
  });
  await Promise.all(clients);
  const series = await server.tracking.series.ofRun(run_id, { points: 1000 });
  expect(series.map(({ total }) => total)).toEqual(Array(8).fill(160));
});
