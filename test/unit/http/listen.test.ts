import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listen } from '../../../daemon/http/server.ts';
import { Served } from './served.ts';

let served: Served;
beforeEach(() => {
  served = new Served();
});
afterEach(() => served.dispose());

const taken = createServer();
const portOf = (server: typeof taken) => (server.address() as AddressInfo).port;

it('takes another port when the wanted one is taken', async () => {
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  try {
    const port = await listen(served.app, portOf(taken));
    expect(port).not.toBe(portOf(taken));
    expect(port).toBeGreaterThan(0);
  } finally {
    taken.close();
  }
});

it('takes the wanted port when it is free', async () => {
  const first = await Served.start();
  await first.dispose();
  expect(await listen(served.app, first.port)).toBe(first.port);
});

it('can be reached from this machine only', async () => {
  await listen(served.app, 0);
  expect((served.app.server.address() as AddressInfo).address).toBe('127.0.0.1');
});

it('ends at once, even when a client holds its connection', async () => {
  served.guard.allowPort(await listen(served.app, 0));
  const { port } = served.app.server.address() as AddressInfo;
  // kept by the client for as long as the server lets it
  const client = connect(port, '127.0.0.1');
  client.write('GET /health HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
  await once(client, 'data');
  const ended = once(client, 'close');
  await served.app.close();
  await ended;
});
