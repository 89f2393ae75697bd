import { fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, afterEach, expect, test } from 'vitest';

import type { PredictAnswer } from '../../../schemas/wire/serving.ts';
import { isAlive } from '../../support/processes.ts';
import { packedProgram } from '../../support/programs.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { TestHost } from './support/host.ts';
import { startHost, TOKEN } from './support/host.ts';
import { TINY_SIGNATURE, tinyOnnx, tinyProbability, writeTinyModel } from './support/tiny-model.ts';
import { writeModelFolder, writeVectorModel } from './support/vector-model.ts';

const workspace = new TempWorkspace();
const hosts: TestHost[] = [];

async function started(...args: Parameters<typeof startHost>): Promise<TestHost> {
  const host = await startHost(...args);
  hosts.push(host);
  return host;
}

afterEach(() => Promise.all(hosts.splice(0).map((host) => host.stop())));
afterAll(() => workspace.dispose());

test.each<[string, Uint8Array, unknown, string]>([
  ['is no ONNX file', Buffer.from('this is no model'), TINY_SIGNATURE, 'model.onnx'],
  ['is cut off', tinyOnnx(1).slice(0, 60), TINY_SIGNATURE, ''],
  ['has a broken signature', tinyOnnx(1), { inputs: [] }, 'signature.json'],
  [
    'has no such input',
    tinyOnnx(1),
    { ...TINY_SIGNATURE, inputs: [{ ...TINY_SIGNATURE.inputs[0], name: 'y' }] },
    '"y"',
  ],
  [
    'takes numbers where the signature says category',
    tinyOnnx(1),
    { ...TINY_SIGNATURE, inputs: [{ name: 'x', kind: 'category', categories: ['a'], example: 'a' }] },
    '"x" is not string',
  ],
  ['has no such output', tinyOnnx(1), { ...TINY_SIGNATURE, outputs: { label: 'label', probabilities: 'p' } }, '"p"'],
  ['has other classes', tinyOnnx(1), { ...TINY_SIGNATURE, classes: ['a', 'b', 'c'] }, '3 classes'],
])('a model that %s ends the host with the reason', async (name, onnx, signature, reason) => {
  const folder = await writeModelFolder(workspace.path(name), onnx, signature);
  await expect(startHost(folder)).rejects.toThrow(reason);
});

test('a folder that is not there ends the host with the reason', async () => {
  await expect(startHost(workspace.path('nowhere'))).rejects.toThrow("can't be read");
});

test('64 clients at once each get their own answers', async () => {
  const host = await started(await writeTinyModel(workspace.path('own'), 0.37));
  const wrong: number[] = [];
  const client = async (number: number) => {
    for (let i = 0; i < 20; i++) {
      const x = number / 10 - i / 7;
      const single = i % 2 === 0;
      const response = single
        ? await host.post('/predict', { x })
        : await host.post('/predict/batch', { records: [{ x }, { x: -x }] });
      const body = (await response.json()) as PredictAnswer & { predictions: PredictAnswer[] };
      const answers = single ? [body] : body.predictions;
      const rightOnes = answers.filter(({ probabilities }, row) => {
        return Math.abs((probabilities.yes ?? 0) - tinyProbability(0.37, row === 0 ? x : -x)) < 1e-5;
      });
      if (rightOnes.length !== (single ? 1 : 2)) wrong.push(x);
    }
  };
  await Promise.all(Array.from({ length: 64 }, (_, number) => client(number)));
  expect(wrong).toEqual([]);
});

test('another model takes over under load without one failed request', async () => {
  const slopes = [1, 2, 3, 4];
  const folders = await Promise.all(slopes.map((slope) => writeTinyModel(workspace.path(`v${slope}`), slope)));
  const host = await started(folders[0] ?? '');
  const seen = new Set<number>();
  let done = false;
  const client = async () => {
    while (!done) {
      const response = await host.post('/predict', { x: 0.5 });
      expect(response.status).toBe(200);
      const { version, probabilities } = (await response.json()) as PredictAnswer;
      // an answer comes as a whole from one version
      expect(probabilities.yes).toBeCloseTo(tinyProbability(version, 0.5), 5);
      seen.add(version);
    }
  };
  const clients = Array.from({ length: 8 }, client);
  for (const [index, folder] of folders.entries()) {
    if (index === 0) continue;
    host.child.send({ type: 'load', location: { model: 'tiny', version: index + 1, folder } });
    await waitFor(() => host.messages.filter(({ type }) => type === 'loaded').length === index);
    await waitFor(() => seen.has(index + 1));
  }
  done = true;
  await Promise.all(clients);
  expect([...seen].sort()).toEqual(slopes);
});

test('a model with other inputs can take over, and a bad one cannot', async () => {
  const host = await started(await writeTinyModel(workspace.path('first'), 1));
  const bad = await writeModelFolder(workspace.path('bad'), Buffer.from('bad'), TINY_SIGNATURE);
  host.child.send({ type: 'load', location: { model: 'tiny', version: 2, folder: bad } });
  await waitFor(() => host.messages.some(({ type }) => type === 'load-failed'));
  expect((await host.post('/predict', { x: 1 })).status).toBe(200);

  const other = await writeVectorModel(workspace.path('other'));
  host.child.send({ type: 'load', location: { model: 'churn', version: 3, folder: other } });
  await waitFor(() => host.messages.some(({ type }) => type === 'loaded'));
  const answer = await host.post('/predict', { age: 1, income: 1, colour: 'red', plan: 'pro' });
  expect(await answer.json()).toMatchObject({ model: 'churn', version: 3 });
});

test('the host ends when its daemon does, however that ends', async () => {
  const config = {
    endpoint: 'tiny',
    model: 'tiny',
    version: 1,
    folder: await writeTinyModel(workspace.path('orphan'), 1),
    host: '127.0.0.1',
    port: 0,
    any_port_if_taken: true,
  };
  // a daemon that starts a host and tells us its id
  const daemon = workspace.path('daemon.mjs');
  await writeFile(
    daemon,
    `import { fork } from 'node:child_process';
    const host = fork(${JSON.stringify(packedProgram('serving-host'))}, [${JSON.stringify(JSON.stringify(config))}]);
    host.on('message', ({ type }) => type === 'ready' && process.send(host.pid));`,
  );
  const parent = fork(daemon);
  const pid = await new Promise<number>((resolve) => parent.once('message', (id) => resolve(Number(id))));
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await waitFor(() => !isAlive(pid), { what: 'the host has ended' });
});

test('SIGTERM ends the host after the answers under way', async () => {
  const host = await started(await writeTinyModel(workspace.path('term'), 1));
  const exited = new Promise<number | null>((resolve) => host.child.once('exit', resolve));
  // "continue" tells that the host has begun with the request
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', expect: '100-continue' };
  const post = request(`${host.url}/predict`, { method: 'POST', headers });
  const status = new Promise((resolve) => post.once('response', (response) => resolve(response.resume().statusCode)));
  post.flushHeaders();
  await new Promise<void>((resolve) => post.once('continue', resolve));
  host.child.kill('SIGTERM');
  await waitFor(() => isRefused(Number(new URL(host.url).port)), { what: 'the host takes no more connections' });
  post.end('{"x": 1}');
  expect(await status).toBe(200);
  expect(await exited).toBe(0);
});

test('a wanted port that is taken is replaced, or refused if it must be that one', async () => {
  const folder = await writeTinyModel(workspace.path('port'), 1);
  const first = await started(folder);
  const port = Number(new URL(first.url).port);
  const second = await started(folder, { port });
  expect(second.url).not.toBe(first.url);
  await expect(startHost(folder, { port, any_port_if_taken: false })).rejects.toThrow('EADDRINUSE');
});

function isRefused(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(false)).once('error', () => resolve(true));
    socket.once('connect', () => socket.destroy());
  });
}
