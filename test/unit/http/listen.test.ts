import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
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
  await fetch(`http://127.0.0.1:${port}/health`);
  const started = performance.now();
  await served.app.close();
  expect(performance.now() - started).toBeLessThan(1000);
});
