import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MlflowServer } from './mlflow-server.ts';
import { startMlflowServer, TOKEN } from './mlflow-server.ts';

let server: MlflowServer;
let run_id: string;
let other: string;
beforeAll(async () => {
  server = await startMlflowServer();
  run_id = await newRun();
  other = await newRun();
  const metrics = [
    { key: 'm', value: 1, timestamp: 5, step: 3 },
    { key: 'm', value: 2, timestamp: 4, step: 7 },
    { key: 'm', value: 'Infinity', timestamp: 4, step: -2 },
    { key: 'm', value: 0.1, timestamp: 9, step: 0 },
    { key: 'm', value: 0.5, timestamp: 4, step: 8 },
    { key: 'm', value: 'NaN', timestamp: 6, step: 8 },
  ];
  for (const id of [run_id, other]) await server.request('POST', 'runs/log-batch', { run_id: id, metrics });
});
afterAll(async () => {
  expect(server.failures).toEqual([]);
  await server.stop();
});

interface Answer {
  metrics?: { key: string; value: number | string; step: number; timestamp: number; run_id?: string }[];
  next_page_token?: string;
  message?: string;
}

async function newRun(): Promise<string> {
  const { body } = await server.request('POST', 'runs/create', { experiment_id: '0' });
  return body.run.info.run_id;
}

async function get(path: string, query: string, prefix = 'api'): Promise<{ status: number; body: Answer }> {
  const response = await fetch(`${server.url}/${prefix}/2.0/mlflow/metrics/${path}?${query}`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  return { status: response.status, body: (await response.json()) as Answer };
}

const stepsOf = ({ body }: { body: Answer }) => body.metrics?.map(({ step }) => step);

describe('the history of a metric', () => {
  it('comes in the order of times, page by page', async () => {
    const query = `run_id=${run_id}&metric_key=m`;
    expect(stepsOf(await get('get-history', query))).toEqual([-2, 7, 8, 3, 8, 0]);
    const first = await get('get-history', `${query}&max_results=2`);
    expect(first.body.metrics).toEqual([
      { key: 'm', value: Number.MAX_VALUE, timestamp: 4, step: -2 },
      { key: 'm', value: 2, timestamp: 4, step: 7 },
    ]);
    const second = await get('get-history', `${query}&max_results=3&page_token=${first.body.next_page_token}`);
    expect(second.body.metrics?.map(({ value }) => value)).toEqual([0.5, 1, 'NaN']);
    const third = await get('get-history', `${query}&max_results=1&page_token=${second.body.next_page_token}`);
    expect([stepsOf(third), third.body.next_page_token]).toEqual([[0], undefined]);
  });

  it('is the same whole and in pages when it is long, while points are logged', async () => {
    const long = await newRun();
    const batch = (from: number) =>
      Array.from({ length: 1000 }, (_, at) => ({
        key: 'm',
        value: at,
        timestamp: 100 + (from + at) / 10,
        step: from + at,
      }));
    for (let from = 0; from < 30_000; from += 1000) {
      const metrics = batch(from).map((metric) => ({ ...metric, timestamp: Math.floor(metric.timestamp) }));
      await server.request('POST', 'runs/log-batch', { run_id: long, metrics });
    }
    const whole = stepsOf(await get('get-history', `run_id=${long}&metric_key=m`));
    expect(whole).toEqual(Array.from({ length: 30_000 }, (_, step) => step));
    const paged: number[] = [];
    let token = '';
    do {
      const page = await get('get-history', `run_id=${long}&metric_key=m&max_results=7000${token}`);
      paged.push(...(stepsOf(page) ?? []));
      token = page.body.next_page_token ? `&page_token=${encodeURIComponent(page.body.next_page_token)}` : '';
      await server.request('POST', 'runs/log-metric', {
        run_id: long,
        key: 'm',
        value: 1,
        timestamp: 1,
        step: -paged.length,
      });
    } while (token);
    expect(paged).toEqual(whole);
  }, 30_000);

  it('is empty of what is not there, and refuses what makes no sense', async () => {
    const query = `run_id=${run_id}&metric_key=m`;
    expect(await get('get-history', `run_id=${run_id}&metric_key=nothing`)).toEqual({ status: 200, body: {} });
    expect(await get('get-history', 'run_id=nobody&metric_key=m')).toEqual({ status: 200, body: {} });
    const offset = Buffer.from('{"offset":1}').toString('base64');
    for (const more of ['max_results=0', 'max_results=-1', 'page_token=zzz', `page_token=${offset}`]) {
      expect((await get('get-history', `${query}&${more}`)).status).toBe(400);
    }
  });
});

describe('histories of several runs', () => {
  it("come run by run in the order of their ids, for MLflow's own pages only", async () => {
    const query = `run_id=${other}&run_id=${run_id}&run_id=nobody&metric_key=m&max_results=8`;
    const { body } = await get('get-history-bulk', query, 'ajax-api');
    const [low, high] = [run_id, other].sort();
    expect(body.metrics?.map((metric) => metric.run_id)).toEqual([...Array(6).fill(low), high, high]);
    expect((await get('get-history-bulk', query)).status).toBe(404);
    expect((await get('get-history-bulk', 'run_id=nobody&metric_key=m', 'ajax-api')).body).toEqual({ metrics: [] });
  });

  it('are evenly spread over their steps, and keep first and last', async () => {
    const query = `run_ids=${run_id}&run_ids=${other}&metric_key=m`;
    for (const prefix of ['api', 'ajax-api']) {
      expect(stepsOf(await get('get-history-bulk-interval', `${query}&max_results=3`, prefix))).toEqual([
        -2, 3, 8, -2, 3, 8,
      ]);
    }
    const range = `run_ids=${run_id}&metric_key=m&start_step=0&end_step=7`;
    expect(stepsOf(await get('get-history-bulk-interval', range))).toEqual([0, 3, 7]);
    expect(await get('get-history-bulk-interval', 'run_ids=nobody&metric_key=m')).toEqual({ status: 200, body: {} });
  });

  it('are refused with what makes no sense', async () => {
    const many = (name: string) => `${`${name}=a&`.repeat(101)}metric_key=m`;
    for (const query of ['metric_key=m', `run_id=${run_id}`, many('run_id')]) {
      expect((await get('get-history-bulk', query, 'ajax-api')).status).toBe(400);
    }
    const interval = `run_ids=${run_id}&metric_key=m`;
    for (const query of [
      'metric_key=m',
      `run_ids=${run_id}`,
      many('run_ids'),
      `${interval}&start_step=0`,
      `${interval}&start_step=5&end_step=4`,
      `${interval}&max_results=2501`,
      `${interval}&max_results=0`,
    ]) {
      expect((await get('get-history-bulk-interval', query)).status).toBe(400);
    }
  });
});
