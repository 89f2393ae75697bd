import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { processorTime } from '../../support/processor-time.ts';
import type { MlflowServer } from './mlflow-server.ts';
import { startMlflowServer, TOKEN } from './mlflow-server.ts';

let server: MlflowServer;
beforeAll(async () => {
  server = await startMlflowServer();
});
afterAll(() => server.stop());

const MLFLOW = '/api/2.0/mlflow';
const IMPORT = '/api/crisol/v1/import';
const many = <T>(length: number, item: (index: number) => T) => Array.from({ length }, (_, index) => item(index));

async function post(path: string, body: unknown) {
  const spent = processorTime();
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json(), ms: spent() };
}

const experiment = { name: 'x', created_at: 1, updated_at: 1, deleted: false, artifact_location: null };

describe('a list that is too long is refused before its items are looked at:', () => {
  it.each([
    ['tags of a new run', `${MLFLOW}/runs/create`, { tags: many(200_000, (at) => ({ key: `k${at}`, value: 'v' })) }],
    ['experiments to search', `${MLFLOW}/runs/search`, { experiment_ids: many(300_000, String) }],
    ['parts of a batch', `${MLFLOW}/runs/log-batch`, { run_id: 'r', metrics: many(500_000, () => 1) }],
    ['datasets', `${MLFLOW}/runs/log-inputs`, { run_id: 'r', datasets: many(500_000, () => 1) }],
    ['ids of an import', `${IMPORT}/known`, { ids: many(500_000, () => '!') }],
    ['bad tags of an import', `${IMPORT}/experiments`, { ...experiment, tags: many(500_000, () => ({ a: 1 })) }],
    ['tags within a list', `${IMPORT}/models`, { versions: [{ tags: many(500_000, () => 1) }] }],
  ])('%s', async (_what, path, body) => {
    const answer = await post(path, body);
    expect(answer).toMatchObject({
      status: 400,
      body: {
        error_code: 'INVALID_PARAMETER_VALUE',
        message: expect.stringMatching(/^'[\w[\].]+' may have at most \d+ items/),
      },
    });
    expect(answer.ms).toBeLessThan(2000);
  });
});

it('what is asked may be less long than what is told', async () => {
  const answer = await post(`${MLFLOW}/runs/search`, { experiment_ids: many(1_000_000, String) });
  expect(answer).toMatchObject({ status: 413, body: { error_code: 'HTTP_BODY_TOO_LARGE' } });
  const filter = `run_id IN (${many(200_000, () => "'aaaaaaaaaa'").join()})`;
  const refused = await post(`${MLFLOW}/runs/search`, { filter });
  expect(refused).toMatchObject({ status: 400, body: { message: expect.stringContaining('500000 characters') } });
});

it('as many as anybody has are taken', async () => {
  const tags = many(1000, (at) => ({ key: `k${at}`, value: 'v' }));
  const made = await post(`${MLFLOW}/runs/create`, { tags });
  expect(made).toMatchObject({ status: 200, body: { run: { data: { tags: expect.any(Array) } } } });
  const experiment_ids = many(50_000, String);
  const found = await post(`${MLFLOW}/runs/search`, { experiment_ids });
  expect(found).toMatchObject({ status: 200, body: { runs: [{}] } });
  const filter = `run_id IN (${many(10_000, (at) => `'${String(at).padStart(32, '0')}'`).join()})`;
  expect((await post(`${MLFLOW}/runs/search`, { experiment_ids: ['0'], filter })).status).toBe(200);
});
