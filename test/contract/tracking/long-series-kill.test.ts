import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TestDaemon } from '../../support/daemon.ts';
import { TempWorkspace } from '../../support/temp-workspace.ts';

const MLFLOW = '/api/2.0/mlflow';
const DEATHS = 4;
const BATCH = 500;
/** Counted, not timed: a slow machine folds as much before each death as a fast one. */
const BATCHES_A_LIFE = 7;

interface Metric {
  key: string;
  step: number;
  timestamp: number;
  value: number;
}

let workspace: TempWorkspace;
let daemon: TestDaemon;
beforeEach(() => {
  workspace = new TempWorkspace();
});
afterEach(async () => {
  await daemon.kill();
  workspace.dispose();
});

/** A series in order, and one whose every second batch is late, so that chunks are made and merged all the time. */
function batch(number: number): Metric[] {
  const inOrder = Array.from({ length: BATCH }, (_, at) => number * BATCH + at);
  const isLate = number % 2 === 1 && number > 8;
  const step = (at: number) => (isLate ? 2 * ((number * 331) % 1500) + 2 * at + 1 : 2 * (number * BATCH + at));
  return [
    ...inOrder.map((at) => ({ key: 'ordered', step: at, timestamp: 1000 + at, value: at / 3 })),
    ...inOrder.map((_, at) => ({ key: 'mixed', step: step(at), timestamp: 1000 + number, value: at / 7 })),
  ];
}

async function history(run_id: string, metric_key: string): Promise<string[]> {
  const { metrics = [] } = await daemon.get<{ metrics?: Metric[] }>(
    `${MLFLOW}/metrics/get-history?run_id=${run_id}&metric_key=${metric_key}`,
  );
  return metrics.map(named);
}

const named = ({ step, timestamp, value }: Metric) => `${step} ${timestamp} ${value}`;

/** Sends batches from `number` on until the daemon is killed, some way into one of them; the acknowledged ones. */
async function logUntilDeath(run_id: string, number: number, delayMs: number): Promise<Metric[][]> {
  const acknowledged: Metric[][] = [];
  let killed: Promise<void> | undefined;
  for (let isAlive = true; isAlive; ) {
    if (acknowledged.length === BATCHES_A_LIFE) killed = setTimeout(delayMs).then(() => daemon.kill());
    const metrics = batch(number + acknowledged.length);
    isAlive = await daemon.post(`${MLFLOW}/runs/log-batch`, { run_id, metrics }).then(
      () => true,
      () => false,
    );
    if (isAlive) acknowledged.push(metrics);
  }
  await killed;
  return acknowledged;
}

it('a daemon that is killed while it folds long series has every acknowledged point, and each once', async () => {
  const acknowledged: Record<string, Set<string>> = { ordered: new Set(), mixed: new Set() };
  let run_id: string | undefined;
  let number = 0;
  for (let death = 0; death < DEATHS; death++) {
    daemon = await TestDaemon.start(workspace.folder);
    run_id ??= (
      await daemon.post<{ run: { info: { run_id: string } } }>(`${MLFLOW}/runs/create`, { experiment_id: '0' })
    ).run.info.run_id;
    const batches = await logUntilDeath(run_id, number, death * 23);
    for (const metric of batches.flat()) acknowledged[metric.key]?.add(named(metric));
    // the one that died on the way may have been kept: it is not sent again
    number += batches.length + 1;
  }
  daemon = await TestDaemon.start(workspace.folder);
  const { series } = await daemon.get<{ series: { key: string; total: number }[] }>(`runs/${run_id}/metrics`);
  for (const { key, total } of series) {
    const kept = await history(run_id ?? '', key);
    const known = new Set(kept);
    expect([...(acknowledged[key] ?? [])].filter((point) => !known.has(point))).toEqual([]);
    expect([known.size, total]).toEqual([kept.length, kept.length]);
  }
  const part = await daemon.get<{ series: { points: number[][] }[] }>(
    `runs/${run_id}/metrics?keys=ordered&from=10&to=12`,
  );
  expect(part.series[0]?.points.map(([step]) => step)).toEqual([10, 11, 12]);
  // else nothing was folded
  expect(acknowledged.ordered?.size).toBeGreaterThan(20 * BATCH);
}, 60_000);
