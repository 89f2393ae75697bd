import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MlflowServer } from './mlflow-server.ts';
import { startMlflowServer, TOKEN } from './mlflow-server.ts';

const MANY = 6000;
const NUMBERS = 4000;
let server: MlflowServer;
let experiment_id: string;

beforeAll(async () => {
  server = await startMlflowServer();
  const { experiment_id: id } = await server.tracking.experiments.create({ name: 'many' });
  experiment_id = id;
  await server.store.write(() => fill(Number(id)));
});
afterAll(async () => {
  expect(server.failures).toEqual([]);
  await server.stop();
});

/** More than are searched in passing: 4,000 with a number, 1,000 with NaN, 1,000 without; written at once, to be quick. */
function fill(experiment: number): void {
  const insertRun = server.store.db.prepare(
    "INSERT INTO runs (run_id, experiment_id, name, state, user, started_at) VALUES (?, ?, ?, 'running', 'me', ?)",
  );
  const insertSeries = server.store.db.prepare(
    'INSERT INTO series (run_no, experiment_id, key, total, step, timestamp, value) VALUES (?, ?, ?, 1, 0, 1, ?)',
  );
  const insertParam = server.store.db.prepare('INSERT INTO params VALUES (?, ?, ?)');
  for (let number = 0; number < MANY; number++) {
    const id = String(number).padStart(32, '0');
    const no = insertRun.run(id, experiment, `run ${number}`, number).lastInsertRowid;
    insertParam.run(no, 'p', `value "${number % 7}"`);
    if (number < NUMBERS) insertSeries.run(no, experiment, 'm', (number * 7919) % 4001);
    else if (number < 5000) insertSeries.run(no, experiment, 'm', 'NaN');
  }
}

interface Found {
  info: { run_id: string; run_name: string; start_time: number };
  data: { metrics?: { key: string; value: number | 'NaN' }[]; params?: { key: string; value: string }[] };
}
const search = (body: object) => server.request('POST', 'runs/search', { experiment_ids: [experiment_id], ...body });

async function all(body: object): Promise<Found[]> {
  const found: Found[] = [];
  let page_token: string | undefined;
  do {
    const page = await search({ ...body, page_token });
    expect(page.status).toBe(200);
    found.push(...(page.body.runs ?? []));
    page_token = page.body.next_page_token;
  } while (page_token && found.length <= MANY);
  return found;
}
const newest = ({ data }: Found) => data.metrics?.[0]?.value;
const numbers = (runs: Found[]) => runs.map(({ info }) => info.start_time);

describe('thousands of runs', () => {
  it.each([1000, 2500, 50_000])('come newest first and once each, in pages of %i', async (max_results) => {
    const starts = numbers(await all({ max_results }));
    expect(starts).toEqual(Array.from({ length: MANY }, (_, index) => MANY - 1 - index));
  });

  it.each(['DESC', 'ASC'])(
    'come by a metric (%s): numbers, NaN, nothing; newer ones first where it is equal',
    async (way) => {
      const found = await all({ max_results: 900, order_by: [`metrics.m ${way}`] });
      const values = found.slice(0, NUMBERS).map((run) => Number(newest(run)));
      expect(values).toEqual(values.toSorted((a, b) => (way === 'ASC' ? a - b : b - a)));
      const rest = numbers(found.slice(NUMBERS));
      expect(rest).toEqual([...countdown(4999, 4000), ...countdown(5999, 5000)]);
    },
  );

  it('are filtered and ordered by anything, on a thread of their own', async () => {
    const filter = "params.p = 'value \"3\"' AND metrics.m < 100 AND run_name LIKE 'run %'";
    const found = await all({ max_results: 10, filter, order_by: ['run_name DESC'] });
    const names = found.map(({ info }) => info.run_name);
    expect(names).toEqual(names.toSorted().toReversed());
    const wanted = countdown(NUMBERS - 1, 0).filter((number) => number % 7 === 3 && (number * 7919) % 4001 < 100);
    expect(numbers(found).toSorted((a, b) => b - a)).toEqual(wanted);
  });

  it('stay in their places while new ones arrive', async () => {
    const first = await search({ max_results: 2 });
    const { run_id } = await server.tracking.runs.start({ experiment_id, started_at: 1_000_000 });
    const second = await search({ max_results: 2, page_token: first.body.next_page_token });
    expect(numbers([...first.body.runs, ...second.body.runs])).toEqual([5999, 5998, 5997, 5996]);
    await server.tracking.runs.delete(run_id);
  });
});

describe('a list', () => {
  it('says what a single run says', async () => {
    const run = await server.tracking.runs.start({ experiment_id: '0', name: 'tab\t"quote" ⚽', user: 'Zoë' });
    const metrics = [1 / 3, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, -0].map(
      (value, at) => {
        return { key: `m${at}`, value, step: -at, timestamp: at };
      },
    );
    const params = [{ key: 'value', value: '"value":"Infinity"' }];
    const tags = [{ key: 'Infinity', value: 'line\nline \u2028 \\' }];
    await server.tracking.log.batch(run.run_id, { metrics, params, tags });
    const dataset = { name: 'd', digest: '1', source: 's', source_type: 'local' };
    await server.tracking.inputs.log(run.run_id, [{ dataset, tags: [] }], ['m-1']);
    const single = await server.request('GET', `runs/get?run_id=${run.run_id}`);
    const list = await search({ experiment_ids: ['0'], filter: `run_id = '${run.run_id}'` });
    expect(list.body.runs).toEqual([single.body.run]);
  });

  it('says at once what is logged, changed and taken away', async () => {
    const { run_id } = await server.tracking.runs.start({ experiment_id: '0' });
    const shown = async () => {
      const { body } = await search({ experiment_ids: ['0'], filter: `run_id = '${run_id}'` });
      const single = await server.request('GET', `runs/get?run_id=${run_id}`);
      expect(body.runs).toEqual([single.body.run]);
      return body.runs[0].data;
    };
    const point = { key: 'loss', value: 1, step: 1, timestamp: 1 };
    await shown();
    await server.tracking.log.metric(run_id, point);
    expect(await shown()).toMatchObject({ metrics: [{ value: 1 }] });
    await server.tracking.log.metric(run_id, { ...point, value: 2, step: 2 });
    expect(await shown()).toMatchObject({ metrics: [{ value: 2 }] });
    await server.tracking.log.batch(run_id, { params: [{ key: 'a', value: 'b' }], tags: [{ key: 't', value: 'u' }] });
    expect(await shown()).toMatchObject({
      params: [{ value: 'b' }],
      tags: [{ value: 'u' }, { key: 'mlflow.runName' }],
    });
    await server.tracking.log.deleteTag(run_id, 't');
    await server.tracking.runs.update(run_id, { name: 'other' });
    expect((await shown()).tags).toEqual([{ key: 'mlflow.runName', value: 'other' }]);
  });

  it('is empty where nothing is found', async () => {
    expect(await search({ filter: "params.p = 'none'" })).toEqual({ status: 200, body: {} });
    expect(await search({ experiment_ids: [] })).toEqual({ status: 200, body: {} });
  });
});

describe('what cannot be searched for', () => {
  it.each([
    [{ filter: 'metrics.m > 1 OR metrics.m < 0' }, /Invalid clause\(s\) in filter string: 'OR'/],
    [{ filter: 'm > 1' }, /Invalid attribute key 'm' specified/],
    [{ filter: `params.p LIKE '${'%a'.repeat(5000)}'` }, /pattern/],
    [{ order_by: ['metrics.m sideways'] }, /Invalid ordering key in order_by clause/],
    [{ order_by: ['metrics.m', 'metrics.m DESC'] }, /contains duplicate fields/],
    [{ page_token: 'eyJ' }, /Invalid page token/],
    [{ max_results: 50_001 }, /max_results/],
    [{ max_results: 0 }, /max_results/],
  ])('%o is refused', async (body, message) => {
    const answer = await search(body);
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
    expect(answer.body.message).toMatch(message);
  });

  it('is not a matter of length: many conditions on many experiments, and many orders', async () => {
    const experiment_ids = Array.from({ length: 500 }, (_, index) => String(index));
    const filter = Array.from({ length: 100 }, (_, index) => `metrics.m > -${index + 1}`).join(' AND ');
    const order_by = Array.from({ length: 49 }, (_, index) => `params.p${index}`);
    for (const order of [[], ['metrics.m'], ['metrics.m', ...order_by], ['start_time', ...order_by], order_by]) {
      const answer = await search({ experiment_ids, filter, order_by: order, max_results: 2 });
      expect(answer).toMatchObject({ status: 200, body: { runs: [{}, {}] } });
    }
  });

  it('is refused for experiments, too, which are found by name, time and tags', async () => {
    await server.tracking.experiments.create({ name: 'Liga', tags: [{ key: 'team', value: 'Nord' }] });
    const names = async (filter: string, order_by: string[] = []) => {
      const { body } = await server.request('POST', 'experiments/search', { max_results: 10, filter, order_by });
      return body.experiments?.map(({ name }: { name: string }) => name) ?? body.message;
    };
    expect(await names("name ILIKE 'l%' AND tags.team = 'Nord'")).toEqual(['Liga']);
    expect(await names('tags.team IS NULL', ['name DESC'])).toEqual(['many', 'Default']);
    expect(await names(`experiment_id IN ('${experiment_id}') AND creation_time > 0`)).toEqual(['many']);
    expect(await names('metrics.m > 1')).toMatch(/Invalid entity type 'metrics'/);
  });
});

it('a long list that nobody reads to its end harms nobody', async () => {
  const abort = new AbortController();
  const response = await fetch(`${server.url}/api/2.0/mlflow/runs/search`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ experiment_ids: [experiment_id], max_results: 50_000 }),
    signal: abort.signal,
  });
  await response.body?.getReader().read();
  abort.abort();
  expect((await search({ max_results: 1 })).body.runs).toHaveLength(1);
});

function countdown(from: number, to: number): number[] {
  return Array.from({ length: from - to + 1 }, (_, index) => from - index);
}
