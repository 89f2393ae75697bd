import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTracking, pointAt } from '../../../../daemon/tracking/index.ts';
import type { Point } from '../../../../daemon/tracking/metrics/order.ts';
import { comparePoints } from '../../../../daemon/tracking/metrics/order.ts';
import type { TrackingRoom } from '../room.ts';
import { openTracking } from '../room.ts';
import { Oracle } from './oracle.ts';
import type { Act } from './script.ts';
import { scripts, shuffled } from './script.ts';

let room: TrackingRoom;
let runId: string;
let oracle: Oracle;
beforeEach(() => {
  room = openTracking();
});
afterEach(() => room.close());

async function newRun(): Promise<void> {
  runId = (await room.tracking.runs.start({ experiment_id: '0' })).run_id;
  await room.tracking.log.batch(runId, { params: [{ key: 'p', value: '1' }] });
  oracle = new Oracle();
}

const asMetric = ([step, timestamp, value]: Point) => ({ key: 'loss', step, timestamp, value });

async function log(points: readonly Point[]): Promise<void> {
  await send(points);
  oracle.add(points);
}

async function send(points: readonly Point[]): Promise<void> {
  const batches: Promise<void>[] = [];
  for (let at = 0; at < points.length; at += 700) {
    batches.push(room.tracking.log.batch(runId, { metrics: points.slice(at, at + 700).map(asMetric) }));
  }
  await Promise.all(batches);
}

async function act(step: Act): Promise<void> {
  if (step.kind === 'points') await log(step.points);
  if (step.kind === 'again') await log(shuffled(oracle.inOrder()).slice(0, Math.floor(step.share * 1500)));
  if (step.kind === 'settle') await room.tracking.folding.settled();
  if (step.kind === 'refused') {
    const refused = { metrics: step.points.map(asMetric), params: [{ key: 'p', value: '2' }] };
    await expect(room.tracking.log.batch(runId, refused)).rejects.toThrow('not allowed');
  }
}

const chart = async (points: number, from?: number, to?: number) => {
  const [series] = await room.tracking.series.ofRun(runId, { points, from, to });
  return { total: series?.total, points: (series?.points ?? []).map(([s, t, v]): Point => [s, t, Number(v)]) };
};
const rows = () => Number(room.store.db.prepare('SELECT count(*) FROM points').pluck().get());
const chunks = () => Number(room.store.db.prepare('SELECT count(*) FROM chunks').pluck().get());

async function history(limit: number): Promise<Point[]> {
  const found: Point[] = [];
  for (;;) {
    const page = await room.tracking.series.history(runId, 'loss', { limit, after: found.at(-1) });
    for (let at = 0; at < page.length; at++) found.push(pointAt(page, at));
    if (page.length < limit) return found;
  }
}

function expectLikeness(shown: readonly Point[], all: readonly Point[], limit: number): void {
  expect(shown.length).toBeLessThanOrEqual(limit);
  expect([shown.at(0), shown.at(-1)]).toEqual([all.at(0), all.at(-1)]);
  const there = new Set(all.map((point) => point.join()));
  expect(shown.filter((point) => !there.has(point.join()))).toEqual([]);
  expect(shown.filter((point, at) => at > 0 && comparePoints(shown[at - 1] ?? point, point) >= 0)).toEqual([]);
  const extremes = (points: readonly Point[]) => {
    const numbers = points.map(([, , value]) => value).filter((value) => !Number.isNaN(value));
    return [numbers.reduce((a, b) => Math.min(a, b), Infinity), numbers.reduce((a, b) => Math.max(a, b), -Infinity)];
  };
  expect(extremes(shown)).toEqual(extremes(all));
}

/** What a comparison of thousands of points would print is of no use. */
function expectSame(found: readonly Point[], expected: readonly Point[]): void {
  const at = expected.findIndex((point, index) => point.join() !== found[index]?.join());
  expect([at, found[at], found.length]).toEqual([-1, undefined, expected.length]);
}

describe('a long series', () => {
  it('is the same for every reader, whatever was logged in whatever order, again or refused', async () => {
    const reading = fc.record({
      limit: fc.integer({ min: 4, max: 60 }),
      page: fc.integer({ min: 700, max: 6000 }),
      from: fc.double({ min: 0, max: 1, noNaN: true }),
      to: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(scripts, reading, async (script, { limit, page, from, to }) => {
        await newRun();
        for (const step of script) await act(step);
        const all = oracle.inOrder();
        const stepAt = (share: number) => all[Math.floor(share * (all.length - 1))]?.[0] ?? 0;
        const range = [stepAt(from), stepAt(Math.max(from, to))] as const;

        expectSame((await chart(100_000)).points, all);
        expect((await chart(100_000)).total ?? 0).toBe(all.length);
        expectSame((await chart(100_000, ...range)).points, oracle.inOrder(...range));
        expectLikeness((await chart(limit)).points, all, limit);
        expectLikeness((await chart(limit, ...range)).points, oracle.inOrder(...range), limit);
        expectSame(await history(page), oracle.inTime());
        const spread = await room.tracking.series.spread(runId, 'loss', {
          points: limit,
          from: range[0],
          to: range[1],
        });
        expect(spread).toEqual(oracle.spread(limit, ...range));
      }),
      { numRuns: 15, endOnFailure: true, interruptAfterTimeLimit: 30_000 },
    );
  }, 60_000);

  it('keeps few rows: the newest thousand, and late ones until there are many of them', async () => {
    await newRun();
    const steps = (from: number, to: number, time: number) =>
      Array.from({ length: to - from }, (_, at): Point => [from + at, time, at]);
    await log(steps(0, 10_000, 1));
    await room.tracking.folding.settled();
    expect(chunks()).toBe(8);
    expect(rows()).toBe(10_000 - 8 * 1024);
    // a training that goes on from a checkpoint comes along the same steps again
    await log(steps(3000, 6000, 2));
    await room.tracking.folding.settled();
    expect(rows()).toBeLessThan(2048 + 4 * 128);
    expectSame((await chart(100_000)).points, oracle.inOrder());
  });

  it('is folded also when the daemon that should have done so ended, as soon as somebody looks at it', async () => {
    await newRun();
    await log(Array.from({ length: 3000 }, (_, step): Point => [step, 1, step]));
    await room.tracking.folding.settled();
    room.store.db.exec('DELETE FROM chunks; DELETE FROM chunk_summaries; DELETE FROM points');
    const insert = room.store.db.prepare('INSERT INTO points SELECT series_no, ?, 1, ? FROM series');
    for (let step = 0; step < 3000; step++) insert.run(step, step);
    const next = createTracking({ store: room.store, clock: room.clock });
    const read = async () => (await next.series.history(runId, 'loss', { limit: 10_000 })).length;
    expect(await read()).toBe(3000);
    await next.folding.settled();
    expect(chunks()).toBe(1);
    expect(await read()).toBe(3000);
  });

  it('is read whole while its chunks are merged with late points', async () => {
    await newRun();
    const steps = 260_000;
    await send(Array.from({ length: steps }, (_, at): Point => [at * 2, at, at]));
    await room.tracking.folding.settled();
    const late = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, at): Point => [2 * steps - 9999 + 2 * (from + at), steps, at]);
    // one less than what is merged
    await send(late(0, 127));
    const before = chunks();
    const reading = history(2 * steps);
    await send(late(127, 140));
    await room.tracking.folding.settled();
    const read = new Set((await reading).map(([step]) => step));
    expect(Array.from({ length: steps }, (_, at) => at * 2).filter((step) => !read.has(step))).toEqual([]);
    expect([read.size >= steps + 127, chunks()]).toEqual([true, before]);
    expect(await history(2 * steps)).toHaveLength(steps + 140);
  }, 30_000);

  it('lets others log while it is read', async () => {
    await newRun();
    await send(Array.from({ length: 130_000 }, (_, at): Point => [at, at, at]));
    let turns = 0;
    let isRead = false;
    const reading = history(200_000).finally(() => {
      isRead = true;
    });
    while (!isRead) {
      await room.tracking.log.metric(runId, { key: 'other', step: turns++, timestamp: 1, value: 1 });
    }
    await reading;
    expect(turns).toBeGreaterThanOrEqual(3);
  }, 30_000);
});
