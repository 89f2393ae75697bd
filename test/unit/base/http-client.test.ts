import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { ask } from '../../../daemon/base/http-client.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

function serve(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const started = createServer(handler);
  server = started;
  return new Promise((resolve) => {
    started.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(started.address() as AddressInfo).port}`));
  });
}

describe('a request on this machine', () => {
  test('carries its token and its body, and brings the answer', async () => {
    const url = await serve(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      const { method, headers } = request;
      response.writeHead(201).end(JSON.stringify({ method, token: headers.authorization, body: JSON.parse(text) }));
    });
    expect(await ask(`${url}/ñ`, { method: 'POST', token: 't', body: { name: 'ñandú 🏆' } })).toEqual({
      status: 201,
      body: { method: 'POST', token: 'Bearer t', body: { name: 'ñandú 🏆' } },
    });
  });

  test('keeps characters whole that arrive in pieces', async () => {
    const bytes = Buffer.from('"🏆"');
    const url = await serve((_request, response) => {
      response.write(bytes.subarray(0, 3));
      setTimeout(() => response.end(bytes.subarray(3)), 20);
    });
    expect(await ask(url, { token: 't' })).toEqual({ status: 200, body: '🏆' });
  });

  test('has no body when the answer is no JSON', async () => {
    const url = await serve((_request, response) => void response.writeHead(502).end('<html>'));
    expect(await ask(url, { token: 't' })).toEqual({ status: 502, body: undefined });
  });

  test('fails when nobody listens, when the answer breaks off, and when nothing comes', async () => {
    await expect(ask('http://127.0.0.1:1', { token: 't' })).rejects.toThrow(/ECONNREFUSED/);
    const broken = await serve((request) => request.socket.destroy());
    await expect(ask(broken, { token: 't' })).rejects.toThrow();
    server?.close();
    const quiet = await serve(() => {});
    await expect(ask(quiet, { token: 't', quietMs: 50 })).rejects.toThrow(/was quiet for 50 ms/);
  });
});
