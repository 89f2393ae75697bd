import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Hub } from '../../../daemon/ws/hub.ts';
import { readClientMessage } from '../../../daemon/ws/messages.ts';

const hub = new Hub('e');
hub.provide('registry', () => ({ type: 'registry/snapshot', topic: 'registry', models: [] }));
const read = (value: unknown) => readClientMessage(JSON.stringify(value), hub);

it('reads what clients say', () => {
  const resume = { epoch: 'e', seq: 3 };
  expect(read({ type: 'subscribe', topics: ['registry'], resume })).toMatchObject({ topics: ['registry'], resume });
  expect(read({ type: 'unsubscribe', topics: [] })).toMatchObject({ type: 'unsubscribe' });
});

it.each([
  [{}],
  [null],
  [{ type: 'subscribe' }],
  [{ type: 'subscribe', topics: 'registry' }],
  [{ type: 'shout', topics: [] }],
  [{ type: 'subscribe', topics: ['registry'], resume: { epoch: 'e', seq: -1 } }],
  [{ type: 'subscribe', topics: Array(201).fill('registry') }],
  [{ type: 'subscribe', topics: ['x'.repeat(301)] }],
])('says what to send instead of %j', (value) => {
  expect(read(value)).toMatch(/subscribe/);
});

it('names the topic that there is not', () => {
  expect(read({ type: 'subscribe', topics: ['registry', 'weather'] })).toContain('"weather"');
});

it('answers any text with a sentence, never with an exception', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(readClientMessage(text, hub)).toEqual(expect.any(String));
    }),
    { seed: 20260101 },
  );
});
