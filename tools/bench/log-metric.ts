/** How fast one metric is logged over REST to the daemon, beside a bare fastify route with one insert. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from '../build.ts';
import { atLeast, atMostTimes, interleaved, median, report } from './lib.ts';
import type { Load, Target } from './log-metric/load.ts';
import { logMetrics } from './log-metric/load.ts';
import { BenchDaemon, BenchFolder } from './parts/daemon.ts';

const ROUNDS = 9;
await build();
const folder = new BenchFolder();
const bare = fork(join(import.meta.dirname, 'log-metric', 'bare-server.ts'), [join(folder.path, 'bare.db')]);
const daemon = await BenchDaemon.start(folder.path);

try {
  const [peer] = (await once(bare, 'message')) as [Target];
  const ours: Target = {
    port: Number(new URL(daemon.info.url).port),
    token: daemon.info.token,
    runId: await daemon.newRun(),
  };
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
  bare.kill();
  await daemon.stop();
  folder.dispose();
}

function latency(loads: readonly Load[]): number {
  return median(loads.map(({ latencies }) => median(latencies)));
}

function rate(loads: readonly Load[]): number {
  return median(loads.map(({ requestsPerSecond }) => requestsPerSecond));
}
