import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { waitFor } from '../../support/wait-for.ts';
import { EventHouse, TOKEN } from './event-client.ts';

let house: EventHouse;
beforeEach(async () => {
  house = await EventHouse.open();
});
afterEach(() => house.dispose());

describe('who may not come in is told why:', () => {
  const right = { authorization: `Bearer ${TOKEN}` };
  it.each([
    ['without a token', '/ws', {}, 401, 'AUTH_TOKEN_REFUSED'],
    ['with a wrong token', '/ws', { authorization: 'Bearer wrong' }, 401, 'AUTH_TOKEN_REFUSED'],
    ['a page of somebody else', '/ws', { ...right, origin: 'https://evil.example' }, 403, 'AUTH_ORIGIN_REFUSED'],
    ['under a rebound name', '/ws', { ...right, host: 'evil.example' }, 403, 'AUTH_HOST_REFUSED'],
    ['at another path', '/events', right, 404, 'ENDPOINT_NOT_FOUND'],
  ])('%s', async (_what, path, headers, status, code) => {
    const socket = new WebSocket(`ws://127.0.0.1:${house.port}${path}`, { headers });
    socket.on('error', () => {});
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
    const body = JSON.parse((await response.toArray()).join(''));
    expect(response.statusCode).toBe(status);
    expect(body).toEqual({ error_code: code, message: expect.any(String), hint: expect.any(String) });
    expect(house.events.clients).toBe(0);
  });

  it('and one that breaks off at that moment harms nobody', async () => {
    const lines = ['GET /ws HTTP/1.1', 'Host: x', 'Upgrade: websocket', 'Connection: Upgrade', '', ''];
    for (let n = 0; n < 20; n++) {
      const socket = connect(house.port, '127.0.0.1', () => {
        socket.write(lines.join('\r\n'), () => socket.resetAndDestroy());
      });
      socket.on('error', () => {});
      await once(socket, 'close');
    }
    expect((await house.client()).socket.readyState).toBe(WebSocket.OPEN);
  });

  it('and its connection is closed', async () => {
    const socket = connect({ port: house.port, host: '127.0.0.1', allowHalfOpen: true }, () => {
      socket.write('GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    });
    socket.resume();
    socket.on('error', () => {});
    await once(socket, 'end');
    // it never says good-bye itself
    await house.closeServer();
    socket.destroy();
  });
});

it('says hello with its version and epoch', async () => {
  const client = await house.client();
  expect(await client.next('system/hello')).toEqual({
    type: 'system/hello',
    version: '1.2.3',
    epoch: 'epoch-1',
    seq: 0,
  });
});

it('refuses a message that it does not understand, and the connection stays', async () => {
  const client = await house.client();
  for (const bad of ['{', '[]', '{"type":"subscribe","topics":["weather"]}']) client.send(bad);
  expect(await client.next('system/refused', 3)).toMatchObject({
    error_code: 'BAD_REQUEST',
    message: expect.stringContaining('weather'),
  });
  client.send({ type: 'subscribe', topics: ['registry'] });
  await client.next('registry/snapshot');
});

it('ends a connection that sends more than any message needs', async () => {
  const client = await house.client();
  client.send('x'.repeat(100_000));
  await once(client.socket, 'close');
  await waitFor(() => house.events.clients === 0);
});

it('tells how many are connected', async () => {
  const one = await house.client();
  await house.client();
  one.socket.close();
  await waitFor(() => house.counts.length === 3);
  expect(house.counts).toEqual([1, 2, 1]);
});

describe('a client', () => {
  it('that answers pings stays', async () => {
    const client = await house.client();
    for (let beat = 1; beat <= 4; beat++) {
      const ping = once(client.socket, 'ping');
      await house.clock.advance(20_000);
      await ping;
      // the pong went ahead of this
      await client.roundTrip();
    }
    expect(house.events.clients).toBe(1);
  });

  it('that is gone without a word is ended by the second ping', async () => {
    const client = await house.client();
    client.socket.pause();
    await house.clock.advance(20_000);
    expect(house.events.clients).toBe(1);
    await house.clock.advance(20_000);
    await waitFor(() => house.events.clients === 0);
    expect(house.clock.waiting).toBe(0);
  });
});

describe('when the daemon ends', () => {
  it('clients are told', async () => {
    const client = await house.client();
    const closed = once(client.socket, 'close');
    await house.events.dispose();
    expect((await closed)[0]).toBe(1001);
    expect(client.types()).toContain('system/closing');
  });

  it('one that does not answer keeps it for a moment only', async () => {
    const client = await house.client();
    client.socket.pause();
    const ended = house.events.dispose();
    await house.clock.advance(1_000);
    await ended;
    await house.closeServer();
    expect(house.events.clients).toBe(0);
  });
});
