import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../daemon/base/clock.ts';
import { CrisolError } from '../../../daemon/base/errors.ts';
import type { ModelLocation, PredictionBatch, RememberedEndpoint, Serving } from '../../../daemon/serving/index.ts';
import { createServing } from '../../../daemon/serving/index.ts';
import type { Endpoint, PredictAnswer } from '../../../schemas/wire/serving.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';
import { TINY_SIGNATURE, writeTinyModel } from './support/tiny-model.ts';
import { writeModelFolder } from './support/vector-model.ts';

let workspace: TempWorkspace;
/** what the registry knows: reference → location */
let registry: Map<string, ModelLocation>;
/** folders whose files the registry finds changed */
let changed: Set<string>;
let remembered: Map<string, RememberedEndpoint>;
let serving: Serving;
let events: Endpoint[];

const CONFIGURED = [{ name: 'live', model_ref: 'tiny@production' }];

function open(): Serving {
  const opened = createServing({
    resolve: (ref) => registry.get(ref) ?? null,
    verify: async ({ folder }) => {
      if (changed.has(folder)) throw new CrisolError('MODEL_FILES_CHANGED', 'Files of tiny are not those: model.onnx.');
    },
    configured: () => CONFIGURED,
    memory: {
      all: () => [...remembered.values()],
      save: async (endpoint) => void remembered.set(endpoint.name, endpoint),
    },
    clock: systemClock,
    logger: { info() {}, warn() {}, error() {} },
  });
  opened.onEvent((endpoint) => events.push(endpoint));
  return opened;
}

const versionAt = async (version: number, slope = version): Promise<ModelLocation> => {
  return { model: 'tiny', version, folder: await writeTinyModel(workspace.path(`v${version}`), slope) };
};

beforeEach(async () => {
  workspace = new TempWorkspace();
  registry = new Map([['tiny@production', await versionAt(1)]]);
  changed = new Set();
  remembered = new Map();
  events = [];
  serving = open();
});

afterEach(async () => {
  await serving.dispose();
  workspace.dispose();
});

async function predict(name: string, record: object): Promise<PredictAnswer> {
  const { url, token } = serving.detail(name);
  const response = await fetch(`${url}/predict`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(record),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as PredictAnswer;
}

/** The process id of an endpoint's host, as the operating system would be asked for it. */
function hostOf(name: string): number {
  const endpoints: unknown = Reflect.get(serving, 'endpoints');
  const endpoint: object = (endpoints as Map<string, object>).get(name) ?? {};
  return (Reflect.get(endpoint, 'host') as { pid: number }).pid;
}

test('an endpoint of crisol.yaml starts, predicts, tells and stops', async () => {
  const batches: PredictionBatch[] = [];
  serving.onPredictions((batch) => batches.push(batch));
  expect(serving.list()).toEqual([expect.objectContaining({ name: 'live', state: 'stopped', url: null })]);

  const detail = await serving.start('live');
  expect(detail).toMatchObject({ state: 'ready', model: 'tiny', version: 1, signature: TINY_SIGNATURE, problem: null });
  expect(serving.busy()).toBe(true);
  expect(await predict('live', { x: 1 })).toMatchObject({ label: 'yes', version: 1 });
  await waitFor(() => batches.length > 0);
  expect(batches[0]).toMatchObject({ endpoint: 'live', predictions: [{ record: { x: 1 }, label: 'yes' }], dropped: 0 });
  await waitFor(() => events.some(({ requests, p50_ms }) => requests === 1 && p50_ms !== null));

  expect(await serving.stop('live')).toMatchObject({ state: 'stopped', url: null, token: null, version: null });
  expect(serving.busy()).toBe(false);
  await expect(fetch(`${detail.url}/health`)).rejects.toThrow();
  const states = events.map(({ state }) => state).filter((state, i, all) => state !== all[i - 1]);
  expect(states).toEqual(['starting', 'ready', 'stopped']);
});

test('a model can be served that crisol.yaml does not name', async () => {
  registry.set('tiny/1', await versionAt(1));
  await serving.start('tiny/1');
  await serving.start('mine', 'tiny@production');
  expect(serving.list().map(({ name, state }) => [name, state])).toEqual([
    ['live', 'stopped'],
    ['tiny/1', 'ready'],
    ['mine', 'ready'],
  ]);
  expect(new Set(serving.list().map(({ url }) => url)).size).toBe(3);
});

test('what is not there is refused with a code of its own', async () => {
  await expect(serving.start('nothing')).rejects.toMatchObject({ code: 'ENDPOINT_UNKNOWN' });
  await expect(serving.stop('nothing')).rejects.toMatchObject({ code: 'ENDPOINT_UNKNOWN' });
  expect(() => serving.detail('nothing')).toThrow(expect.objectContaining({ code: 'ENDPOINT_UNKNOWN' }));
  registry.clear();
  await expect(serving.start('live')).rejects.toMatchObject({ code: 'ENDPOINT_NO_MODEL' });
  expect(serving.detail('live')).toMatchObject({
    state: 'failed',
    problem: expect.stringContaining('tiny@production'),
  });
});

test('a damaged model fails with its reason, and a good one mends it', async () => {
  const folder = await writeModelFolder(workspace.path('bad'), Buffer.from('bad'), TINY_SIGNATURE);
  registry.set('tiny@production', { model: 'tiny', version: 2, folder });
  await expect(serving.start('live')).rejects.toMatchObject({ code: 'ENDPOINT_START_FAILED' });
  expect(serving.detail('live')).toMatchObject({ state: 'failed', problem: expect.stringContaining('model.onnx') });
  registry.set('tiny@production', await versionAt(3));
  await serving.modelChanged('tiny');
  expect(serving.detail('live')).toMatchObject({ state: 'ready', version: 3, problem: null });
});

test('files that were changed since they were registered are not served, neither at the start nor by a promotion', async () => {
  const other = await versionAt(2);
  changed.add(other.folder);
  await serving.start('live');
  registry.set('tiny@production', other);
  await serving.modelChanged('tiny');
  expect(serving.detail('live')).toMatchObject({
    state: 'ready',
    version: 1,
    problem: expect.stringMatching('model.onnx'),
  });
  await serving.stop('live');
  await expect(serving.start('live')).rejects.toMatchObject({ code: 'MODEL_FILES_CHANGED' });
  expect(serving.detail('live')).toMatchObject({ state: 'failed', version: null });
});

test('starting twice at the same moment gives one host', async () => {
  const [first, second] = await Promise.all([serving.start('live'), serving.start('live')]);
  expect(second.url).toBe(first.url);
  expect(second.started_at).toBe(first.started_at);
});

test('stopping while it starts leaves it stopped', async () => {
  const start = serving.start('live').catch((error: unknown) => error);
  await waitFor(() => events.some(({ state }) => state === 'starting'));
  await serving.stop('live');
  await start;
  expect(serving.detail('live')).toMatchObject({ state: 'stopped', problem: null });
});

test('a host that is killed is seen at once and can be started again at its old address', async () => {
  const { url, token } = await serving.start('live');
  process.kill(hostOf('live'), 'SIGKILL');
  await waitFor(() => events.at(-1)?.state === 'failed');
  expect(serving.detail('live')).toMatchObject({ url: null, problem: 'The serving host was ended by SIGKILL.' });
  expect(serving.busy()).toBe(false);
  expect(await serving.start('live')).toMatchObject({ state: 'ready', url, token, problem: null, requests: 0 });
  await predict('live', { x: 1 });
});

test('a promotion moves the endpoint to the new version, at the same address, without a failed request', async () => {
  const { url } = await serving.start('live');
  const pid = hostOf('live');
  registry.set('tiny@production', await versionAt(2));
  let done = false;
  const client = async () => {
    while (!done) await predict('live', { x: 1 });
  };
  const clients = [client(), client()];
  await serving.modelChanged('tiny');
  done = true;
  await Promise.all(clients);
  expect(serving.detail('live')).toMatchObject({ state: 'ready', url, version: 2, problem: null });
  expect(hostOf('live')).toBe(pid);
  expect(await predict('live', { x: 1 })).toMatchObject({ version: 2 });
});

test('a promotion of a damaged version leaves the old one serving, and says so', async () => {
  await serving.start('live');
  const folder = await writeModelFolder(workspace.path('bad'), Buffer.from('bad'), TINY_SIGNATURE);
  registry.set('tiny@production', { model: 'tiny', version: 2, folder });
  await serving.modelChanged('tiny');
  expect(serving.detail('live')).toMatchObject({ state: 'ready', version: 1 });
  expect(serving.detail('live').problem).toContain('Version 1 is still served.');
  registry.delete('tiny@production');
  await serving.modelChanged('tiny');
  expect(serving.detail('live').problem).toContain('names no version');
  expect(await predict('live', { x: 1 })).toMatchObject({ version: 1 });
});

test('another model does not concern it, nor an endpoint that was stopped', async () => {
  await serving.start('live');
  await serving.stop('live');
  events.length = 0;
  await serving.modelChanged('tiny');
  await serving.modelChanged('other');
  expect(events).toEqual([]);
});

test('a daemon that comes back starts what ran, at the same address and with the same token', async () => {
  const { url, token } = await serving.start('live');
  await serving.start('mine', 'tiny@production');
  await serving.stop('mine');
  await serving.dispose();
  serving = open();
  await serving.recover();
  expect(serving.detail('live')).toMatchObject({ state: 'ready', url, token });
  expect(serving.list().map(({ name }) => name)).toEqual(['live']);
});

test('an address that somebody else took meanwhile is replaced', async () => {
  const { url } = await serving.start('live');
  await serving.stop('live');
  const squatter = createServer().listen(Number(new URL(url ?? '').port), '127.0.0.1');
  try {
    const again = await serving.start('live');
    expect(again.state).toBe('ready');
    expect(again.url).not.toBe(url);
  } finally {
    squatter.close();
  }
});

test('what cannot be started again says why, and does not stop the others', async () => {
  const gone = { name: 'gone', model_ref: 'lost@production', port: 0, token: 't', running: true };
  const live = { name: 'live', model_ref: 'tiny@production', port: 0, token: 't', running: true };
  remembered = new Map([gone, live].map((endpoint) => [endpoint.name, endpoint]));
  await serving.recover();
  expect(serving.list().map(({ name, state }) => [name, state])).toEqual([
    ['live', 'ready'],
    ['gone', 'failed'],
  ]);
});

test('ending the room ends its hosts', async () => {
  const { url } = await serving.start('live');
  const pid = hostOf('live');
  await serving.dispose();
  await expect(fetch(`${url}/health`)).rejects.toThrow();
  expect(() => process.kill(pid, 0)).toThrow();
});
