import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TempWorkspace } from '../../support/temp-workspace.ts';
import type { TestHost } from './support/host.ts';
import { startHost, TOKEN } from './support/host.ts';
import { writeTinyModel } from './support/tiny-model.ts';

const workspace = new TempWorkspace();
let host: TestHost;

beforeAll(async () => {
  host = await startHost(await writeTinyModel(workspace.path('model'), 1));
});

afterAll(async () => {
  await host.stop();
  workspace.dispose();
});

/** `fetch` sets Host itself. */
function statusOf(path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(host.url + path, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once('error', reject).end();
  });
}

const authorization = `Bearer ${TOKEN}`;

test.each(['', TOKEN, 'Bearer', 'Bearer wrong', `Bearer ${TOKEN}x`, `bearer ${TOKEN}`, `Bearer ${TOKEN.slice(1)}`])(
  'the authorization "%s" is refused',
  async (given) => {
    expect(await statusOf('/metrics', { authorization: given })).toBe(401);
    expect(await statusOf('/v2/models/tiny', { authorization: given })).toBe(401);
  },
);

test('health needs no token, so that a probe can ask', async () => {
  expect(await statusOf('/health', {})).toBe(200);
  expect(await statusOf('/ping?x=1', {})).toBe(200);
  expect(await statusOf('/health/../metrics', {})).toBe(401);
});

test.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', '127.0.0.1@evil.example', '[::2]'])(
  'the Host "%s", which may be rebound to this machine, is refused',
  async (name) => {
    expect(await statusOf('/health', { host: name, authorization })).toBe(403);
  },
);

test.each(['http://evil.example', 'null', 'https://127.0.0.1', 'vscode-webview://abc'])(
  'a page from %s is refused',
  async (origin) => {
    expect(await statusOf('/metrics', { origin, authorization })).toBe(403);
  },
);

test('localhost by any of its names, and its own origin, are welcome', async () => {
  const { port } = new URL(host.url);
  for (const name of [`127.0.0.1:${port}`, `localhost:${port}`, 'LOCALHOST', '[::1]']) {
    expect(await statusOf('/metrics', { host: name, authorization })).toBe(200);
  }
  expect(await statusOf('/metrics', { origin: host.url, authorization })).toBe(200);
});

test('refusals speak the language of the one who asked, and are not counted as requests', async () => {
  const oip = await fetch(`${host.url}/v2/models/tiny/infer`, { method: 'POST' });
  expect(await oip.json()).toEqual({ error: 'The token is missing or wrong.' });
  const own = await fetch(`${host.url}/predict`, { method: 'POST' });
  expect(await own.json()).toMatchObject({ error_code: 'AUTH_TOKEN_REFUSED', hint: expect.stringContaining('Bearer') });
  expect(await (await host.get('/metrics/summary')).json()).toMatchObject({ requests: 0, errors: 0 });
});

test('an unknown path and a body over the limit are refused', async () => {
  expect(await (await host.get('/nothing')).json()).toMatchObject({ error_code: 'ENDPOINT_NOT_FOUND' });
  const response = await host.post('/predict', `{"x": "${'a'.repeat(17 * 1024 * 1024)}"}`).catch(() => undefined);
  expect(response?.status ?? 413).toBe(413);
});
