/** How fast one metric is logged: against a bare fastify route with one insert, in interleaved rounds of one run. */
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
const ONE_CLIENT = { clients: 1, requests: 1500 };
const MANY_CLIENTS = { clients: 32, requests: 12_000 };

const folder = mkdtempSync(join(tmpdir(), 'crisol-bench-'));
const children: ChildProcess[] = [];

try {
  const bare = await start('bare-server.ts');
  const ours = await start('crisol-server.ts');
  for (const target of [bare, ours]) await logMetrics(target, 8, 8000); // both warm
  const one = await measure(bare, ours, ONE_CLIENT);
  const many = await measure(bare, ours, MANY_CLIENTS);
  report('log-metric', [
    atMostTimes(2, { name: 'median, 1 client', unit: 'ms', ours: latency(one.ours), peer: latency(one.bare) }),
    atLeast(10_000, { name: '32 clients', unit: 'requests/s', ours: rate(many.ours), peer: rate(many.bare) }),
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

function measure(bare: Target, ours: Target, { clients, requests }: typeof ONE_CLIENT) {
  return interleaved(ROUNDS, {
    bare: () => logMetrics(bare, clients, requests),
    ours: () => logMetrics(ours, clients, requests),
  });
}

function latency(loads: Load[]): number {
  return median(loads.map(({ latencies }) => median(latencies)));
}

function rate(loads: Load[]): number {
  return median(loads.map(({ requestsPerSecond }) => requestsPerSecond));
}
