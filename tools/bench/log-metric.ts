/** How fast one metric is logged over REST, beside a bare fastify route with one insert. */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atLeast, atMostTimes, interleaved, median, report } from './lib.ts';
import type { Load, Target } from './log-metric/load.ts';
import { logMetrics } from './log-metric/load.ts';

const ROUNDS = 9;
const folder = mkdtempSync(join(tmpdir(), 'crisol-bench-'));
const children: ChildProcess[] = [];

try {
  const peer = await start('bare-server.ts');
  const ours = await start('crisol-server.ts');
  const rounds = (clients: number, requests: number) =>
    interleaved(ROUNDS, {
      peer: () => logMetrics(peer, clients, requests),
      ours: () => logMetrics(ours, clients, requests),
    });
  await rounds(8, 1000); // warms both
  const one = await rounds(1, 1500);
  const many = await rounds(32, 12_000);
  report('log-metric', [
    atMostTimes(2, { name: 'median, 1 client', unit: 'ms', ours: latency(one.ours), peer: latency(one.peer) }),
    atLeast(10_000, { name: '32 clients', unit: 'requests/s', ours: rate(many.ours), peer: rate(many.peer) }),
  ]);
} finally {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
}

async function start(name: string): Promise<Target> {
  const child = fork(join(import.meta.dirname, 'log-metric', name), [join(folder, `${name}.db`)]);
  children.push(child);
  const [target] = (await once(child, 'message')) as [Target];
  return target;
}

function latency(loads: readonly Load[]): number {
  return median(loads.map(({ latencies }) => median(latencies)));
}

function rate(loads: readonly Load[]): number {
  return median(loads.map(({ requestsPerSecond }) => requestsPerSecond));
}
