import { beforeEach, expect, test } from 'vitest';
import { Reporter } from '../../../daemon/serving/host/reporter.ts';
import type { HostToDaemon, ReportedPrediction } from '../../../daemon/serving/protocol.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const predictions = (count: number): ReportedPrediction[] =>
  Array.from({ length: count }, (_, x) => {
    return { record: { x }, label: 'yes', probabilities: { yes: 1 }, at: 0, latency_ms: 1, model: 'm', version: 1 };
  });

let clock: VirtualClock;
let sent: HostToDaemon[];
let taken: (() => void)[];
let reporter: Reporter;

beforeEach(() => {
  clock = new VirtualClock();
  sent = [];
  taken = [];
  const send = (message: HostToDaemon, done?: () => void) => {
    sent.push(message);
    if (done) taken.push(done);
  };
  reporter = new Reporter({ send }, clock);
});

const batches = () => sent.flatMap((m) => (m.type === 'predictions' ? [[m.predictions.length, m.dropped]] : []));

test('predictions of 50 ms travel together', async () => {
  reporter.report(predictions(1));
  reporter.report(predictions(2));
  expect(batches()).toEqual([]);
  await clock.advance(50);
  expect(batches()).toEqual([[3, 0]]);
});

test('256 rows do not wait', () => {
  reporter.report(predictions(256));
  expect(batches()).toEqual([[256, 0]]);
});

test('a daemon that does not read costs a bounded amount of memory and learns how many it missed', async () => {
  reporter.report(predictions(256));
  for (let i = 0; i < 100; i++) reporter.report(predictions(256));
  await clock.advance(1000);
  expect(batches()).toEqual([[256, 0]]);
  taken.shift()?.();
  expect(batches()).toEqual([
    [256, 0],
    [8192, 100 * 256 - 8192],
  ]);
});

test('the rest follows once the daemon has taken a batch', async () => {
  reporter.report(predictions(256));
  reporter.report(predictions(3));
  taken.shift()?.();
  await clock.advance(50);
  expect(batches()).toEqual([
    [256, 0],
    [3, 0],
  ]);
});

test('statistics go out at once, then at most once a second, and never without a request', async () => {
  let requests = 0;
  const request = () => {
    requests += 1;
    reporter.statsChanged(() => ({ requests, errors: 0, p50_ms: 1, p99_ms: 1 }));
  };
  request();
  await clock.advance(0);
  for (let i = 0; i < 30; i++) {
    await clock.advance(100);
    request();
  }
  await clock.advance(10_000);
  const seen = sent.flatMap((m) => (m.type === 'stats' ? [m.stats.requests] : []));
  expect(seen[0]).toBe(1);
  expect(seen.at(-1)).toBe(31);
  expect(seen.length).toBeLessThanOrEqual(5);
  expect(clock.waiting).toBe(0);
});

test('without a daemon nothing is kept', () => {
  const alone = new Reporter(null, clock);
  alone.report(predictions(10_000));
  alone.statsChanged(() => ({ requests: 1, errors: 0, p50_ms: 1, p99_ms: 1 }));
  expect(clock.waiting).toBe(0);
});
