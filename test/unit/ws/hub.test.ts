import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CrisolError } from '../../../daemon/base/errors.ts';
import { Hub } from '../../../daemon/ws/hub.ts';
import type { Snapshot, Topic } from '../../../schemas/wire/events.ts';

const removed = (name: string) => ({ type: 'registry/model-removed', name }) as const;
const publish = (hub: Hub, name: string, topic: Topic = 'registry') => hub.publish(topic, removed(name));
const seqs = (hub: Hub, seq: number, epoch = hub.epoch, topic: Topic = 'registry') =>
  hub.since(topic, { epoch, seq })?.map((item) => item.seq);

/** Somebody follows both rooms. */
function followedHub(): Hub {
  const hub = new Hub('e');
  for (const topic of ['registry', 'tracking'] as const) hub.follow(topic);
  return hub;
}

it('numbers what is published, from one, without a gap', () => {
  const hub = followedHub();
  const texts: string[] = [];
  hub.published.on(({ text }) => texts.push(text));
  publish(hub, 'a');
  publish(hub, 'b', 'tracking');
  expect(texts.map((text) => JSON.parse(text))).toEqual([
    { ...removed('a'), topic: 'registry', epoch: 'e', seq: 1 },
    { ...removed('b'), topic: 'tracking', epoch: 'e', seq: 2 },
  ]);
});

describe('what a client missed', () => {
  it('is everything after the number it saw last', () => {
    const hub = followedHub();
    for (const name of ['a', 'b', 'c']) publish(hub, name);
    expect(seqs(hub, 0)).toEqual([1, 2, 3]);
    expect(seqs(hub, 2)).toEqual([3]);
    expect(seqs(hub, 3)).toEqual([]);
  });

  it('is not known when it comes from another daemon, or from the future', () => {
    const hub = followedHub();
    publish(hub, 'a');
    expect(seqs(hub, 0, 'other')).toBeUndefined();
    expect(seqs(hub, 2)).toBeUndefined();
    expect(seqs(hub, 1)).toEqual([]);
  });

  it('is told for each topic alone', () => {
    const hub = followedHub();
    publish(hub, 'a');
    publish(hub, 'b', 'tracking');
    publish(hub, 'c');
    expect(seqs(hub, 0)).toEqual([1, 3]);
    expect(seqs(hub, 0, 'e', 'tracking')).toEqual([2]);
  });

  it('is forgotten after thousands of events', () => {
    const hub = followedHub();
    for (let n = 0; n < 6000; n++) publish(hub, 'a');
    expect(seqs(hub, 999)).toBeUndefined();
    expect(seqs(hub, 1000)).toHaveLength(5000);
  });

  it('is forgotten when it is too much to keep, also a single event', () => {
    const hub = followedHub();
    for (let n = 0; n < 100; n++) publish(hub, 'x'.repeat(1_000_000));
    expect(seqs(hub, 0)).toBeUndefined();
    const kept = seqs(hub, 95) ?? [];
    expect(kept).toEqual([96, 97, 98, 99, 100]);
    publish(hub, 'x'.repeat(9_000_000));
    expect(seqs(hub, 100)).toBeUndefined();
    expect(seqs(hub, 101)).toEqual([]);
    publish(hub, 'small');
    expect(seqs(hub, 101)).toEqual([102]);
  });

  it('is exact or unknown, whatever was published', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3_000_000 }), { maxLength: 20 }), fc.nat(25), (sizes, seq) => {
        const hub = followedHub();
        for (const size of sizes) publish(hub, 'x'.repeat(size));
        const missed = seqs(hub, seq);
        if (missed) expect(missed).toEqual(sizes.map((_, index) => index + 1).slice(seq));
      }),
      { seed: 20260101, numRuns: 50 },
    );
  });
});

describe('a stream', () => {
  const streaming = () => {
    const hub = followedHub();
    const now: string[] = [];
    const maker = (): Snapshot => ({ type: 'registry/snapshot', topic: 'registry', models: [] });
    hub.stream('log', maker, (topic) => {
      now.push(topic);
      return { dispose: () => void now.splice(now.indexOf(topic), 1) };
    });
    return { hub, now };
  };
  const topic = 'log:run/train';

  it('is made from its first follower to its last', () => {
    const { hub, now } = streaming();
    hub.follow(topic);
    hub.follow(topic);
    hub.follow('log:run/other');
    expect(now).toEqual([topic, 'log:run/other']);
    hub.unfollow(topic);
    expect(now).toHaveLength(2);
    hub.unfollow(topic);
    expect(now).toEqual(['log:run/other']);
  });

  it('is told and not remembered, and what else there was is', () => {
    const { hub } = streaming();
    hub.follow(topic);
    const told: number[] = [];
    hub.published.on(({ seq }) => told.push(seq));
    publish(hub, 'a');
    for (let n = 0; n < 20; n++) publish(hub, 'x'.repeat(1_000_000), topic);
    publish(hub, 'b');
    expect(told).toHaveLength(22);
    expect(seqs(hub, 0)).toEqual([1, 22]);
    expect(seqs(hub, 5)).toEqual([22]);
    expect(seqs(hub, 0, 'e', topic)).toBeUndefined();
  });
});

describe('a topic that nobody follows', () => {
  it('is not told, and takes no number', () => {
    const hub = followedHub();
    publish(hub, 'a', 'run:x');
    publish(hub, 'b');
    expect(hub.newestSeq).toBe(1);
    expect(seqs(hub, 0, 'e', 'run:x')).toBeUndefined();
  });

  it('is known only since somebody follows it', () => {
    const hub = followedHub();
    publish(hub, 'a');
    hub.follow('run:x');
    publish(hub, 'b', 'run:x');
    expect(seqs(hub, 0, 'e', 'run:x')).toBeUndefined();
    expect(seqs(hub, 1, 'e', 'run:x')).toEqual([2]);
  });

  it('is told on for those who may come back, until thousands of others were left after it', () => {
    const hub = followedHub();
    hub.follow('run:x');
    hub.follow('run:x');
    hub.unfollow('run:x');
    hub.unfollow('run:x');
    publish(hub, 'a', 'run:x');
    expect(seqs(hub, 0, 'e', 'run:x')).toEqual([1]);
    for (let n = 0; n < 1000; n++) {
      hub.follow(`run:${n}`);
      hub.unfollow(`run:${n}`);
    }
    publish(hub, 'b', 'run:x');
    expect(hub.newestSeq).toBe(1);
    hub.follow('run:x');
    expect(seqs(hub, 1, 'e', 'run:x')).toEqual([]);
    publish(hub, 'c');
    expect(seqs(hub, 0, 'e', 'run:x')).toBeUndefined();
  });

  it('misses nothing once somebody followed it, whoever comes and goes', () => {
    const topics = ['run:a', 'run:b'] as const;
    const step = fc.record({ what: fc.constantFrom('follow', 'unfollow', 'publish'), of: fc.constantFrom(...topics) });
    const play = (hub: Hub, { what, of }: { what: string; of: Topic }) => {
      const before = hub.newestSeq;
      if (what === 'publish') publish(hub, 'x', of);
      else if (what === 'follow') hub.follow(of);
      else hub.unfollow(of);
      return before;
    };
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const hub = new Hub('e');
        const numbers = steps.map((one) => play(hub, one));
        for (const topic of topics) {
          const ofTopic = steps.map(({ what, of }) => (of === topic ? what : ''));
          const first = ofTopic.indexOf('follow');
          if (first < 0) continue;
          const published = ofTopic.slice(first).filter((what) => what === 'publish').length;
          expect(hub.since(topic, { epoch: 'e', seq: numbers[first] ?? 0 })).toHaveLength(published);
        }
      }),
      { seed: 20260101, numRuns: 200 },
    );
  });
});

it('makes a snapshot with the number of the newest event from before it was made', async () => {
  const hub = followedHub();
  hub.provide('registry', async () => {
    publish(hub, 'meanwhile');
    return { type: 'registry/snapshot', topic: 'registry', models: [] };
  });
  publish(hub, 'before');
  expect(JSON.parse(await hub.snapshot('registry'))).toMatchObject({ seq: 1, epoch: 'e', models: [] });
  expect(hub.newestSeq).toBe(2);
});

it('knows topics by what stands before the colon', () => {
  const hub = new Hub('e');
  hub.provide('run', (topic) => ({ type: 'run/snapshot', topic: topic as 'run:x', run: null, series: [] }));
  expect(hub.knows('run:abc:def')).toBe(true);
  for (const topic of ['runs', 'constructor', '__proto__', '', ':run']) expect(hub.knows(topic)).toBe(false);
});

it('says when the state of a topic cannot be read', async () => {
  const hub = new Hub('e');
  hub.provide('registry', () => {
    throw new CrisolError('STORE_CORRUPT', 'store.db is damaged.');
  });
  expect(JSON.parse(await hub.snapshot('registry'))).toEqual({
    type: 'system/refused',
    error_code: 'STORE_CORRUPT',
    message: 'The state of registry cannot be read: store.db is damaged.',
    epoch: 'e',
    seq: 0,
  });
});
