import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InferResponse } from '../../../schemas/external/oip.ts';
import type { PredictAnswer } from '../../../schemas/wire/serving.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { TestHost } from './support/host.ts';
import { startHost } from './support/host.ts';
import { readVectorCase, recordsOf, VECTOR_SIGNATURE, writeVectorModel } from './support/vector-model.ts';

const workspace = new TempWorkspace();
const vector = await readVectorCase();
const records = recordsOf(vector);
const [labels = [], shares = []] = vector.expected.outputs.map(({ data }) => data);
let host: TestHost;

beforeAll(async () => {
  host = await startHost(await writeVectorModel(workspace.path('model')), {
    model: 'churn',
    version: 7,
    endpoint: 'churn',
  });
});

afterAll(async () => {
  await host.stop();
  workspace.dispose();
});

function expectShares(got: readonly unknown[], expected: readonly unknown[] = shares): void {
  const { rel, abs } = vector.tolerance;
  expect(got.length).toBe(expected.length);
  got.forEach((value, i) => {
    const right = Number(expected[i]);
    expect(Math.abs(Number(value) - right)).toBeLessThanOrEqual(abs + rel * Math.abs(right));
  });
}

const tensors = () =>
  Object.entries(vector.input.feeds).map(([name, { type, data }]) => {
    return { name, shape: [data.length, 1], datatype: type === 'float32' ? 'FP32' : 'BYTES', data };
  });

describe('our own interface', () => {
  test('a record gets the label and probabilities that scikit-learn gives', async () => {
    const response = await host.post('/predict', records[0]);
    const answer = (await response.json()) as PredictAnswer;
    expect(answer).toMatchObject({ label: String(labels[0]), model: 'churn', version: 7 });
    expect(answer.latency_ms).toBeGreaterThan(0);
    expectShares(Object.values(answer.probabilities), shares.slice(0, 2));
  });

  test('a batch keeps its order', async () => {
    const response = await host.post('/predict/batch', { records });
    const { predictions } = (await response.json()) as { predictions: PredictAnswer[] };
    expect(predictions.map(({ label }) => label)).toEqual(labels.map(String));
    expectShares(predictions.flatMap(({ probabilities }) => [probabilities['0'], probabilities['1']]));
    expect(await (await host.post('/predict/batch', { records: [] })).json()).toEqual({ predictions: [] });
  });

  test('a missing number is imputed by the model, an unknown category counts as none', async () => {
    const response = await host.post('/predict', { ...records[0], age: null, colour: 'ultraviolet' });
    expect(response.status).toBe(200);
  });

  test.each([
    ['/predict', { ...records[0], age: 'old' }, 'Column "age" is a number for this model, not the text "old".'],
    ['/predict', records, 'Send one JSON object of named values.'],
    ['/predict/batch', records, 'Send {"records": […]}'],
    ['/predict/batch', { records: [records[0], {}] }, 'Column "age" (row 2) is missing'],
  ])('a wrong body at %s is refused with what is wrong', async (path, body, message) => {
    const response = await host.post(path, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error_code: 'ENDPOINT_INPUT_INVALID',
      message: expect.stringContaining(message),
    });
  });

  test('broken JSON, and JSON nested 10,000 deep, are refused', async () => {
    expect((await host.post('/predict', '{"age": ')).status).toBe(400);
    const deep = `{"age": ${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    expect((await host.post('/predict', deep)).status).toBe(400);
    expect((await host.post('/v2/models/churn/infer', deep)).status).toBe(400);
  });
});

describe('Open Inference Protocol', () => {
  test('a client finds the server, the model and what it takes', async () => {
    expect(await (await host.get('/v2')).json()).toMatchObject({ name: 'crisol', extensions: [] });
    expect(await (await host.get('/v2/health/live')).json()).toEqual({ live: true });
    expect(await (await host.get('/v2/health/ready')).json()).toEqual({ ready: true });
    expect(await (await host.get('/v2/models/churn/ready')).json()).toEqual({ name: 'churn', ready: true });
    const metadata = await (await host.get('/v2/models/churn/versions/7')).json();
    expect(metadata).toMatchObject({ name: 'churn', versions: ['7'], platform: 'onnx_onnxv1' });
    expect(metadata.inputs).toEqual(
      VECTOR_SIGNATURE.inputs.map(({ name, kind }) => {
        return { name, datatype: kind === 'number' ? 'FP32' : 'BYTES', shape: [-1, 1] };
      }),
    );
  });

  test('inference keeps id and parameters and equals the reference', async () => {
    const request = { id: 'mine', parameters: { trace: 'on' }, inputs: tensors() };
    const answer = (await (await host.post('/v2/models/churn/versions/7/infer', request)).json()) as InferResponse;
    expect(answer).toMatchObject({ model_name: 'churn', model_version: '7', id: 'mine', parameters: { trace: 'on' } });
    expect(answer.outputs[0]).toEqual({ name: 'label', datatype: 'BYTES', shape: [10], data: labels.map(String) });
    expect(answer.outputs[1]?.shape).toEqual([10, 2]);
    expectShares(answer.outputs[1]?.data ?? []);
  });

  test('only the requested output comes back', async () => {
    const request = { inputs: tensors(), outputs: [{ name: 'label' }] };
    const answer = (await (await host.post('/v2/models/churn/infer', request)).json()) as InferResponse;
    expect(answer.outputs.map(({ name }) => name)).toEqual(['label']);
    expect(answer.id).not.toBe('');
  });

  test.each([
    ['an unknown model', '/v2/models/other/infer', {}, 404],
    ['an unknown version', '/v2/models/churn/versions/8/infer', {}, 404],
    ['no inputs', '/v2/models/churn/infer', { inputs: [] }, 400],
    ['a nested parameter', '/v2/models/churn/infer', { parameters: { deep: [[1]] } }, 400],
    ['an unknown output', '/v2/models/churn/infer', { outputs: [{ name: 'embedding' }] }, 400],
    ['an unknown type', '/v2/models/churn/infer', { inputs: [{ ...tensors()[0], datatype: 'FP8' }] }, 400],
    ['a wrong shape', '/v2/models/churn/infer', { inputs: [{ ...tensors()[0], shape: [3, 1] }] }, 400],
  ])('%s is an error with a reason', async (_, path, change, status) => {
    const response = await host.post(path, { inputs: tensors(), ...change });
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: expect.stringMatching(/\w+/) });
  });
});

describe('MLflow scoring', () => {
  test.each([
    ['dataframe_records', records],
    [
      'dataframe_split',
      { columns: Object.keys(records[0] ?? {}), data: records.map((record) => Object.values(record)) },
    ],
    ['instances', records],
    ['inputs', Object.fromEntries(tensors().map(({ name, data }) => [name, data]))],
  ])('%s is answered with labels', async (format, value) => {
    const response = await host.post('/invocations', { [format]: value });
    expect(await response.json()).toEqual({ predictions: labels.map(String) });
  });

  test('another content type is a 415, two formats are a 400', async () => {
    for (const type of ['text/csv', 'text/plain', 'application/x-www-form-urlencoded']) {
      expect((await host.post('/invocations', 'age\n1', { 'content-type': type })).status).toBe(415);
    }
    expect((await host.post('/invocations', { instances: records, inputs: {} })).status).toBe(400);
  });

  test('it pings, is healthy and says its version', async () => {
    expect((await host.get('/ping')).status).toBe(200);
    expect((await host.get('/health')).status).toBe(200);
    expect(await (await host.get('/version')).text()).toMatch(/^\d+\.\d+\.\d+/);
  });
});

describe('what it tells', () => {
  test('metrics have the names that dashboards know', async () => {
    await host.post('/predict', records[0]);
    const text = await (await host.get('/metrics')).text();
    for (const name of ['nv_inference_request_success', 'nv_inference_request_failure', 'nv_inference_count']) {
      expect(text).toMatch(new RegExp(`^${name}\\{model="churn",version="7"\\} [1-9]`, 'm'));
    }
    expect(text).toMatch(/^request_predict_seconds_count\{model_name="churn"\} [1-9]/m);
    expect(text).toMatch(/^crisol_predictions_total\{model="churn",version="7",class="1"\} [1-9]/m);
  });

  test('the summary counts requests, errors and classes', async () => {
    const summary = async () => (await host.get('/metrics/summary')).json();
    const before = await summary();
    await host.post('/predict', records[0]);
    await host.post('/predict', {});
    const after = await summary();
    expect(after).toMatchObject({ endpoint: 'churn', model: 'churn', version: 7 });
    expect(after.requests - before.requests).toBe(2);
    expect(after.errors - before.errors).toBe(1);
    expect(after.classes['1'] - before.classes['1']).toBe(1);
    expect(after.p50_ms).toBeLessThanOrEqual(after.p99_ms);
  });

  test('the daemon gets every prediction and the statistics', async () => {
    host.messages.length = 0;
    await host.post('/predict', { ...records[0], age: 33.3 });
    const told = await waitFor(() =>
      host.messages
        .flatMap((m) => (m.type === 'predictions' ? m.predictions : []))
        .find(({ record }) => record.age === 33.3),
    );
    expect(told).toMatchObject({ model: 'churn', version: 7, record: { ...records[0], age: 33.3 } });
    expect(Object.keys(told.probabilities)).toEqual(['0', '1']);
    expect(Math.abs(told.at - Date.now())).toBeLessThan(10_000);
    await waitFor(() => host.messages.some(({ type }) => type === 'stats'));
  });
});
