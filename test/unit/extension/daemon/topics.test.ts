import { expect, test } from 'vitest';
import { Topics } from '../../../../extension/daemon/topics.ts';
import type { ClientMessage, ServerMessage } from '../../../../schemas/wire/events.ts';

const snapshot = (seq: number): ServerMessage => ({
  type: 'registry/snapshot',
  topic: 'registry',
  models: [],
  epoch: 'e',
  seq,
});

function opened(topics: Topics): ClientMessage[] {
  const sent: ClientMessage[] = [];
  topics.opened((message) => sent.push(message));
  return sent;
}

test('everything wanted before the socket opens is asked for at once', () => {
  const topics = new Topics();
  topics.subscribe('registry', () => {});
  topics.subscribe('tracking', () => {});
  expect(opened(topics)).toEqual([{ type: 'subscribe', topics: ['registry', 'tracking'] }]);
});

test('only topics whose snapshot arrived are resumed; the others begin with one', () => {
  const topics = new Topics();
  topics.subscribe('registry', () => {});
  topics.receive(snapshot(4));
  topics.subscribe('serving', () => {});
  expect(opened(topics)).toEqual([
    { type: 'subscribe', topics: ['registry'], resume: { epoch: 'e', seq: 4 } },
    { type: 'subscribe', topics: ['serving'] },
  ]);
});

test("the daemon's greeting does not count as something received", () => {
  const topics = new Topics();
  topics.subscribe('registry', () => {});
  topics.receive(snapshot(4));
  topics.receive({ type: 'system/hello', version: '1', epoch: 'e', seq: 9 });
  expect(opened(topics)[0]).toMatchObject({ resume: { seq: 4 } });
});

test('a second listener gets a snapshot too; the last to leave unsubscribes', () => {
  const topics = new Topics();
  const first = topics.subscribe('registry', () => {});
  const sent = opened(topics);
  const second = topics.subscribe('registry', () => {});
  first.dispose();
  second.dispose();
  second.dispose();
  expect(sent.map(({ type }) => type)).toEqual(['subscribe', 'subscribe', 'unsubscribe']);
});

test('a socket that ends late does not silence the one after it', () => {
  const topics = new Topics();
  const sent: ClientMessage[] = [];
  const old = () => {};
  topics.opened(old);
  topics.opened((message) => sent.push(message));
  topics.closed(old);
  topics.subscribe('serving', () => {});
  expect(sent).toHaveLength(1);
});
