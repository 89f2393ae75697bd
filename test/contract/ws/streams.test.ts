import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import type { EventClient } from './event-client.ts';
import { EventHouse } from './event-client.ts';

let house: EventHouse;
beforeEach(async () => {
  house = await EventHouse.open();
});
afterEach(() => house.dispose());

async function subscribed(topics: ('registry' | 'tracking')[] = ['registry']): Promise<EventClient> {
  const client = await house.client();
  client.send({ type: 'subscribe', topics });
  for (const topic of topics) await client.next(`${topic}/snapshot`);
  return client;
}

/** A client whose first snapshot is being made. */
async function awaitingSnapshot(): Promise<{ client: EventClient; release: () => void }> {
  const { begun, release } = house.holdSnapshots();
  const client = await house.client();
  client.send({ type: 'subscribe', topics: ['registry'] });
  await begun;
  return { client, release };
}

const seqsOf = (client: EventClient) =>
  client.received.filter(({ type }) => type === 'registry/model').map(({ seq }) => seq);
const agrees = (client: EventClient) =>
  waitFor(() => JSON.stringify([...client.models]) === JSON.stringify([...house.state]), { what: 'the same state' });

it('starts with a snapshot and goes on with each change, in order', async () => {
  house.state.set('a', 'old');
  const client = await subscribed();
  for (const text of ['1', '2', '3']) house.change('a', text);
  await client.next('registry/model', 3);
  expect(client.types()).toEqual([
    'system/hello',
    'registry/snapshot',
    'registry/model',
    'registry/model',
    'registry/model',
  ]);
  expect(seqsOf(client)).toEqual([1, 2, 3]);
  await agrees(client);
});

it('sends what happens while a snapshot is made after the snapshot', async () => {
  const { client, release } = await awaitingSnapshot();
  house.change('a', 'meanwhile');
  release();
  await client.next('registry/model');
  expect(client.types().slice(1)).toEqual(['registry/snapshot', 'registry/model']);
});

it('does not get lost when very much happens while a snapshot is made', async () => {
  const { client, release } = await awaitingSnapshot();
  for (let n = 0; n < 3000; n++) house.change('a', String(n));
  release();
  await agrees(client);
  house.change('a', 'later');
  await agrees(client);
});

it('sends nothing of a topic that was given up, or that nobody asked for', async () => {
  const client = await subscribed(['tracking']);
  house.change('a', '1');
  client.send({ type: 'subscribe', topics: ['registry'] });
  await client.next('registry/snapshot');
  client.send({ type: 'unsubscribe', topics: ['registry'] });
  await client.roundTrip();
  house.change('a', '2');
  await client.roundTrip();
  expect(client.types().filter((type) => type === 'registry/model')).toEqual([]);
});

describe('a client that comes back', () => {
  async function comeBack(resume: { epoch: string; seq: number }): Promise<EventClient> {
    const client = await house.client();
    client.send({ type: 'subscribe', topics: ['registry'], resume });
    return client;
  }

  // one was here before, and was cut off
  beforeEach(async () => {
    const before = await subscribed();
    before.socket.terminate();
    await once(before.socket, 'close');
  });

  it('gets exactly what it missed', async () => {
    for (const text of ['1', '2', '3', '4']) house.change('a', text);
    const client = await comeBack({ epoch: 'epoch-1', seq: 2 });
    house.change('a', '5');
    await client.next('registry/model', 3);
    expect(seqsOf(client)).toEqual([3, 4, 5]);
    expect(client.types()).not.toContain('registry/snapshot');
  });

  it('gets a snapshot of what nobody followed then', async () => {
    house.change('a', '1');
    const client = await house.client();
    client.send({ type: 'subscribe', topics: ['registry', 'tracking'], resume: { epoch: 'epoch-1', seq: 0 } });
    await client.next('tracking/snapshot');
    expect(client.types()).toEqual(['system/hello', 'registry/model', 'tracking/snapshot']);
  });

  it('gets nothing when it missed nothing', async () => {
    house.change('a', '1');
    const client = await comeBack({ epoch: 'epoch-1', seq: 1 });
    await client.roundTrip();
    expect(client.types()).toEqual(['system/hello', 'system/refused']);
  });

  it.each([
    ['from another daemon', { epoch: 'epoch-0', seq: 1 }],
    ['after more than the daemon remembers', { epoch: 'epoch-1', seq: 0 }],
    ['from the future', { epoch: 'epoch-1', seq: 1_000_000 }],
  ])('gets a snapshot %s', async (_what, resume) => {
    for (let n = 0; n < 5_100; n++) house.change('a', String(n));
    const client = await comeBack(resume);
    await client.next('registry/snapshot');
    await agrees(client);
  });
});

describe('a client that does not keep up', () => {
  const LARGE = 'x'.repeat(100_000);
  /** what a client sends before a short text: its length and a mask */
  const FRAME_BYTES = 6;

  /** 50 MB in 500 changes, with room for the sockets to breathe. */
  async function flood(): Promise<void> {
    for (let n = 0; n < 500; n++) {
      house.change(`m${n % 5}`, `${n} ${LARGE}`);
      if (n % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  it('ends at the newest state, and costs a bounded amount of memory', async () => {
    const client = await subscribed();
    const quick = await subscribed();
    client.socket.pause();
    const before = process.memoryUsage().rss;
    await flood();
    // the quick one reads in this very process, too: far below the 50 MB all the same
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
    client.socket.resume();
    await Promise.all([agrees(client), agrees(quick)]);
    expect(seqsOf(client).length).toBeLessThan(500);
    house.change('m1', 'and goes on');
    await Promise.all([agrees(client), agrees(quick)]);
  });

  it('misses nothing when it comes back after it was spared some', async () => {
    const slow = await subscribed(['registry', 'tracking']);
    slow.socket.pause();
    await flood();
    const snapshots = house.holdSnapshots();
    slow.socket.resume();
    // it has read all that was on its way, waits for its snapshots, and sees another topic move on meanwhile
    await snapshots.begun;
    await slow.roundTrip();
    house.hub.publish('tracking', { type: 'tracking/run-removed', run_id: 'x' });
    await slow.roundTrip();
    slow.socket.terminate();
    await once(slow.socket, 'close');
    const { epoch, seq } = slow.received.filter((message) => 'topic' in message).at(-1) ?? { epoch: '', seq: 0 };

    snapshots.release();
    const back = await house.client();
    for (const [name, text] of slow.models) back.models.set(name, text);
    back.send({ type: 'subscribe', topics: ['registry', 'tracking'], resume: { epoch, seq } });
    await agrees(back);
  });

  it('is not sent more because it asks for more', async () => {
    house.change('a', LARGE);
    const client = await house.client();
    client.socket.pause();
    const question = JSON.stringify({ type: 'subscribe', topics: ['registry'] });
    const read = house.bytesRead;
    const before = process.memoryUsage().rss;
    for (let n = 0; n < 2_000; n++) client.send(question);
    await waitFor(() => house.bytesRead === read + 2_000 * (question.length + FRAME_BYTES), { what: 'all questions' });
    // answering each with its snapshot would take 200 MB
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
    client.socket.resume();
    await agrees(client);
    expect(client.received.length).toBeLessThan(200);
  });
});

it('is cut off when it asks nonsense without end and reads no answer', async () => {
  const client = await house.client();
  client.socket.pause();
  const closed = once(client.socket, 'close');
  for (let n = 0; n < 200_000; n++) client.socket.send('x');
  await waitFor(() => house.events.clients === 0, { what: 'the end of the connection' });
  client.socket.resume();
  await closed;
});

it('tells two clients the same', async () => {
  const [one, other] = [await subscribed(), await subscribed()];
  for (let n = 0; n < 100; n++) house.change(`m${n % 3}`, String(n));
  await Promise.all([agrees(one), agrees(other)]);
  expect(seqsOf(one)).toEqual(seqsOf(other));
});
