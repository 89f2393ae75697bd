/** How fast one metric is logged: against a bare fastify route with one insert, in interleaved rounds of one run. */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
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
  report(await measure(bare, ours, ONE_CLIENT), await measure(bare, ours, MANY_CLIENTS));
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

async function measure(bare: Target, ours: Target, { clients, requests }: typeof ONE_CLIENT) {
  const rounds = { bare: [] as Load[], ours: [] as Load[] };
  for (let round = 0; round < ROUNDS; round++) {
    rounds.bare.push(await logMetrics(bare, clients, requests));
    rounds.ours.push(await logMetrics(ours, clients, requests));
  }
  return rounds;
}

type Rounds = Awaited<ReturnType<typeof measure>>;

function report(one: Rounds, many: Rounds): void {
  const latency = (loads: Load[]) => median(loads.map(({ latencies }) => median(latencies)));
  const rate = (loads: Load[]) => median(loads.map(({ requestsPerSecond }) => requestsPerSecond));
  const results = [
    result('median, 1 client', 'ms', latency(one.ours), latency(one.bare), 2, 'at most, of the bare route'),
    result('32 clients', 'requests/s', rate(many.ours), rate(many.bare), 10_000, 'at least'),
  ];
  console.table(results);
  const machine = `${cpus().length} × ${cpus()[0]?.model}`;
  console.log(JSON.stringify({ bench: 'log-metric', machine, results }));
}

function result(name: string, unit: string, ours: number, peer: number, target: number, meaning: string) {
  const ratio = ours / peer;
  const ok = unit === 'ms' ? ratio <= target : ours >= target;
  return {
    name,
    unit,
    ours: round(ours),
    peer: round(peer),
    ratio: round(ratio),
    target: `${target} (${meaning})`,
    ok,
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
