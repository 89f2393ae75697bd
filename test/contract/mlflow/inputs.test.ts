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
  const { body } = await post('runs/create', { experiment_id: '0' });
  run_id = body.run.info.run_id;
});

const post = (path: string, body: object) => server.request('POST', path, body);
const run = async () => (await server.request('GET', `runs/get?run_id=${run_id}`)).body.run;
const logInputs = (body: object) => post('runs/log-inputs', { run_id, ...body });
const dataset = (more: object = {}) => ({ name: 'train', digest: 'd1', source_type: 'local', source: 's', ...more });
const tags = [
  { key: 'mlflow.data.context', value: 'training' },
  { key: 'why', value: '' },
];

describe('inputs and outputs of a run', () => {
  it('are answered with the run, whole, and with lists of runs', async () => {
    const schema = '{"mlflow_colspec":[]}';
    const datasets = [
      { tags, dataset: dataset({ schema, profile: '{"rows":1}' }) },
      { dataset: dataset({ digest: 'd2' }) },
    ];
    expect(await logInputs({ datasets, models: [{ model_id: 'm-1' }] })).toEqual({ status: 200, body: {} });
    const models = [{ model_id: 'm-2', step: 5 }, { model_id: 'm-3' }];
    expect(await post('runs/outputs', { run_id, models })).toEqual({ status: 200, body: {} });

    const { inputs, outputs } = await run();
    expect(inputs).toEqual({ dataset_inputs: datasets, model_inputs: [{ model_id: 'm-1' }] });
    expect(outputs).toEqual({ model_outputs: [models[0], { model_id: 'm-3', step: 0 }] });
    const { body } = await post('runs/search', { experiment_ids: ['0'], max_results: 1 });
    expect(body.runs[0]).toMatchObject({ info: { run_id }, inputs, outputs });
  });

  it('are fine when there are none', async () => {
    expect((await logInputs({})).status).toBe(200);
    expect((await post('runs/outputs', { run_id, models: [] })).status).toBe(200);
    expect(await run()).toMatchObject({ inputs: {}, outputs: {} });
  });

  const tooLong = (more: object) => ({ datasets: [{ dataset: dataset(more) }] });
  const refusals: [what: string, body: object, message: RegExp][] = [
    ['a dataset without a name', tooLong({ name: '' }), /required parameter 'datasets\[0\].dataset.name'/],
    ['a dataset without a digest', tooLong({ digest: undefined }), /required parameter 'datasets\[0\].dataset.digest'/],
    ['tags without a dataset', { datasets: [{ tags }] }, /required parameter 'datasets\[0\].dataset'/],
    ['a long name', tooLong({ name: 'n'.repeat(501) }), /^'name' exceeds the maximum length of 500 characters$/],
    ['a long digest', tooLong({ digest: 'd'.repeat(37) }), /^'digest' exceeds the maximum length of 36 characters$/],
    ['a long source', tooLong({ source: 's'.repeat(65_536) }), /^'source' exceeds the maximum length of 65535/],
    ['a long schema', tooLong({ schema: 's'.repeat(1_048_576) }), /^'schema' exceeds the maximum length of 1048575/],
    [
      'a long tag',
      { datasets: [{ dataset: dataset(), tags: [{ key: 'k', value: 'v'.repeat(501) }] }] },
      /^'value' exceeds the maximum length of 500/,
    ],
    [
      'a tag twice',
      { datasets: [{ dataset: dataset(), tags: [tags[0], tags[0]] }] },
      /^Duplicate tag keys have been submitted: \['mlflow.data.context'\]/,
    ],
    ['no list', { datasets: { 0: dataset() } }, /parameter 'datasets' supplied/],
    ['a model without an id', { models: [{}] }, /required parameter 'models\[0\].model_id'/],
  ];
  it.each(refusals)('refuse %s', async (_what, body, message) => {
    const answer = await logInputs(body);
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
    expect(answer.body.message).toMatch(message);
    expect((await run()).inputs).toEqual({});
  });

  it('refuse a model that was put out at another step', async () => {
    await post('runs/outputs', { run_id, models: [{ model_id: 'm-1', step: 1 }] });
    const answer = await post('runs/outputs', { run_id, models: [{ model_id: 'm-1', step: 2 }] });
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'BAD_REQUEST' } });
    expect((await post('runs/outputs', { run_id })).body.message).toMatch(/required parameter 'models'/);
  });
});

describe('datasets of experiments', () => {
  const search = async (body: object) => {
    const response = await fetch(`${server.url}/ajax-api/2.0/mlflow/experiments/search-datasets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };

  it('are listed once for each use, for the pages that ask', async () => {
    const { body } = await post('experiments/create', { name: 'of datasets' });
    const { experiment_id } = body;
    for (const context of ['training', 'training', 'validation']) {
      const made = await post('runs/create', { experiment_id });
      const [, why] = tags;
      await post('runs/log-inputs', {
        run_id: made.body.run.info.run_id,
        datasets: [{ dataset: dataset(), tags: [{ key: 'mlflow.data.context', value: context }, why] }],
      });
    }
    const summary = { experiment_id, name: 'train', digest: 'd1' };
    expect((await search({ experiment_ids: [experiment_id] })).body).toEqual({
      dataset_summaries: [
        { ...summary, context: 'training' },
        { ...summary, context: 'validation' },
      ],
    });
    expect((await search({ experiment_ids: ['999'] })).body).toEqual({});
  });

  it('are asked of some experiments, not of none and not of too many', async () => {
    expect((await search({})).body.message).toBe('SearchDatasets request must specify at least one experiment_id.');
    const many = Array.from({ length: 21 }, (_, index) => String(index));
    expect((await search({ experiment_ids: many })).status).toBe(400);
  });
});

describe('models as older clients log them', () => {
  const model = {
    run_id: 'r',
    artifact_path: 'model',
    utc_time_created: '2024-01-01',
    model_uuid: 'u',
    flavors: { python_function: { config: { a: 1 }, env: 'x' }, sklearn: 'plain' },
    signature: 'left out',
  };
  const log = (model_json: string) => post('runs/log-model', { run_id, model_json });

  it('are listed in a tag of the run, however long it grows', async () => {
    await log(JSON.stringify(model));
    await log(JSON.stringify({ ...model, artifact_path: 'p'.repeat(9000) }));
    const tag = (await run()).data.tags.find(({ key }: { key: string }) => key === 'mlflow.log-model.history');
    const { signature: _, ...kept } = model;
    const flavors = { python_function: { env: 'x' }, sklearn: 'plain' };
    expect(JSON.parse(tag.value)).toEqual([
      { ...kept, flavors },
      { ...kept, artifact_path: 'p'.repeat(9000), flavors },
    ]);
  });

  it('are refused when they are no models', async () => {
    expect((await log('{')).body.message).toMatch(/^Malformed model info\. \n \{ \n is not a valid JSON\.$/);
    expect((await log('[]')).status).toBe(400);
    const deep = JSON.stringify(model).replace('"plain"', '['.repeat(100_000) + ']'.repeat(100_000));
    expect(await log(deep)).toMatchObject({ status: 400, body: { error_code: 'HTTP_BODY_TOO_DEEP' } });
    const { flavors: _, ...incomplete } = model;
    const message = "Model json is missing mandatory fields: {'flavors'}";
    expect((await log(JSON.stringify(incomplete))).body.message).toBe(message);
  });
});
