import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Served, TOKEN } from './served.ts';

let served: Served;
beforeAll(async () => {
  served = await Served.start();
});
afterAll(() => served.dispose());
beforeEach(() => {
  served.used = 0;
});

const REFUSED_TOKEN = { error_code: 'AUTH_TOKEN_REFUSED', message: expect.any(String), hint: expect.any(String) };

describe('the token', () => {
  it.each([
    ['none', ''],
    ['a wrong one', 'Bearer wrong'],
    ['a part of the right one', `Bearer ${TOKEN.slice(0, -1)}`],
    ['the right one and more', `Bearer ${TOKEN}x`],
    ['the right one in another scheme', `Basic ${TOKEN}`],
    ['an empty one', 'Bearer '],
  ])('%s is refused', async (_what, authorization) => {
    const response = await served.fetch('/page', { headers: { authorization } });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual(REFUSED_TOKEN);
  });

  it('is asked for before the daemon tells which paths there are', async () => {
    expect((await served.fetch('/nowhere', { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
  });

  it('is never written to the log', async () => {
    await served.fetch('/broken');
    expect(JSON.stringify(served.logged)).not.toContain(TOKEN);
  });

  it('is not asked for by /health and /ping', async () => {
    for (const path of ['/health', '/ping', '/health?deep=1'])
      expect((await fetch(served.url + path)).status).toBe(200);
  });

  it('is asked for on paths that only look like them', async () => {
    for (const path of ['/health/', '/healthy', '/ping/../page', '//health', '/%68ealth']) {
      const { status } = await served.raw(
        `GET ${path} HTTP/1.1`,
        `Host: 127.0.0.1:${served.port}`,
        'Connection: close',
      );
      expect([path, status]).toEqual([path, 401]);
    }
  });
});

describe('the Host header', () => {
  const withHost = (...host: string[]) =>
    served.raw('GET /health HTTP/1.1', ...host.map((name) => `Host: ${name}`), 'Connection: close');

  it.each([['evil.example'], ['127.0.0.1'], ['127.0.0.1:1'], ['localhost.evil.example'], ['']])(
    'of a name that was rebound to us is refused: %j',
    async (host) => {
      expect(await withHost(host)).toMatchObject({ status: 403, body: { error_code: 'AUTH_HOST_REFUSED' } });
    },
  );

  it('of our own address is fine, however it is written', async () => {
    for (const name of ['127.0.0.1', 'localhost', 'LOCALHOST']) {
      expect(await withHost(`${name}:${served.port}`)).toMatchObject({ status: 200 });
    }
  });

  it('must be there', async () => {
    expect((await served.raw('GET /health HTTP/1.0')).status).toBe(403);
  });
});

describe('the Origin header', () => {
  it.each([
    ['https://evil.example'],
    ['null'],
    ['http://127.0.0.1:1'],
    ['vscode-webview://abc'],
    ['https://127.0.0.1'],
  ])('of a page of somebody else is refused: %s', async (origin) => {
    const response = await served.fetch('/health', { headers: { origin } });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error_code: 'AUTH_ORIGIN_REFUSED', hint: expect.any(String) });
  });

  it('of ours is fine', async () => {
    expect((await served.fetch('/page', { headers: { origin: served.url } })).status).toBe(200);
  });
});

it('counts only requests that it let in as use', async () => {
  await served.fetch('/page', { headers: { authorization: 'Bearer wrong' } });
  await served.fetch('/page', { headers: { origin: 'https://evil.example' } });
  expect(served.used).toBe(0);
  await served.fetch('/page');
  expect(served.used).toBe(1);
});
