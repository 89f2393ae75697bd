/** Tracking beside a real `mlflow server` of the newest version on SQLite, over raw HTTP, with the same content in both. */
import { readFileSync } from 'node:fs';
import { build } from '../build.ts';
import { mlflowPython } from '../check/mlflow-python.ts';
import { step } from '../lib/progress.mjs';
import { atMost, interleaved, median, report, timesFaster, timesTheRate } from './lib.ts';
import type { Load, Target } from './log-metric/load.ts';
import { logMetrics } from './log-metric/load.ts';
import { BenchDaemon, BenchFolder } from './parts/daemon.ts';
import { RestClient, timed } from './tracking/client.ts';
import { fillHistory, fillRuns, point } from './tracking/fill.ts';
import { startPeer } from './tracking/peer.ts';
import { readThroughClient } from './tracking/through-client.ts';

const RUNS = 10_000;
const MANY_RUNS = 100_000;
const HISTORY = 200_000;
const ROUNDS = 5;
// how long a request waits for the other process to wake differs from second to second
const LOGGING_ROUNDS = 9;
const API = '/api/2.0/mlflow';

const python = await mlflowPython();
if (!python) throw new Error('This benchmark needs Python 3.10 or newer for the MLflow server.');
await build();
const folder = new BenchFolder();
const large = new BenchFolder();
const ours = await BenchDaemon.start(folder.path);
const oursLarge = await BenchDaemon.start(large.path);
const peer = await step('MLflow server with 10,000 runs', () => startPeer(python, folder.path, RUNS, HISTORY));
const clients = {
  ours: new RestClient(ours.info.url, ours.info.token),
  peer: new RestClient(peer.url, ''),
  large: new RestClient(oursLarge.info.url, oursLarge.info.token),
};

try {
  await step('10,000 runs', () => fillRuns(ours, RUNS));
  await step('100,000 runs', () => fillRuns(oursLarge, MANY_RUNS));
  const histories = {
    ours: await step('200,000 points', () => fillHistory(ours, HISTORY)),
    peer: 'f'.repeat(32),
  };
  const million = await step('1,000,000 points', () => fillHistory(oursLarge, 1_000_000));
  const tenMillion = await step('10,000,000 points', () => fillHistory(oursLarge, 10_000_000));

  const lists = await step('searching and listing', () => compare(ROUNDS, search));
  const all = await step('listing all', () => compare(ROUNDS, listAll));
  const history = await step('reading a history', () =>
    compare(3, (client, side) => readHistory(client, histories[side])),
  );
  const megabytes = memoryOf(ours);
  const throughClient = await step('reading it through the client', () => readHistories(python, histories));
  const logged = await step('logging', logging);
  const batches = await step('logging batches', () => compare(ROUNDS, logBatches));
  const charts = {
    million: await chart(million),
    tenMillion: await chart(tenMillion),
  };
  const scaling = await step('searching 100,000 runs', () =>
    interleaved(ROUNDS, {
      ours: () => timed(() => search(clients.ours)),
      large: () => timed(() => search(clients.large)),
    }),
  );
  const newest = await interleaved(ROUNDS, {
    ours: () => timed(() => firstPage(clients.ours)),
    large: () => timed(() => firstPage(clients.large)),
  });

  report('tracking', [
    timesFaster(40, { name: 'log-metric, 1 client, median', unit: 'ms', ...logged.one }),
    timesTheRate(100, { name: 'log-metric, 32 clients', unit: 'requests/s', ...logged.many }),
    timesFaster(20, { name: 'log-batch of 1,000 points', unit: 'ms', ...batches }),
    timesFaster(500, { name: 'search 100 of 10,000 runs by a metric', unit: 'ms', ...lists }),
    atMost(10, { name: 'the same, by itself', unit: 'ms', ours: lists.ours }),
    timesFaster(50, { name: 'list all 10,000 runs', unit: 'ms', ...all }),
    timesFaster(20, { name: 'history of 200,000 points in pages', unit: 'ms', ...history }),
    timesFaster(2, { name: 'the same through the client', unit: 'ms', ...throughClient }),
    atMost(20, { name: 'chart of 2,000 points from 1,000,000', unit: 'ms', ours: charts.million }),
    atMost(300, { name: 'chart of 2,000 points from 10,000,000', unit: 'ms', ours: charts.tenMillion }),
    atMost(200, { name: 'memory with 10,000 runs', unit: 'MB', ours: megabytes }),
    atMost(3, { name: 'search by a metric, 100,000 runs beside 10,000', unit: '×', ours: ratio(scaling) }),
    atMost(3, { name: 'newest 100, 100,000 runs beside 10,000', unit: '×', ours: ratio(newest) }),
  ]);
} finally {
  for (const client of Object.values(clients)) client.close();
  await Promise.all([ours.stop(), oursLarge.stop(), peer.stop()]);
  folder.dispose();
  large.dispose();
}

type Side = 'ours' | 'peer';

async function compare(rounds: number, action: (client: RestClient, side: Side) => Promise<unknown>) {
  const once = (side: Side) => timed(() => action(clients[side], side));
  const times = await interleaved(rounds, { peer: () => once('peer'), ours: () => once('ours') });
  return { ours: median(times.ours), peer: median(times.peer) };
}

function search(client: RestClient): Promise<string> {
  const body = { experiment_ids: ['0'], max_results: 100, order_by: ['metrics.metric_3 DESC'] };
  return client.send('POST', `${API}/runs/search`, body);
}

function firstPage(client: RestClient): Promise<string> {
  return client.send('POST', `${API}/runs/search`, { experiment_ids: ['0'], max_results: 100 });
}

async function listAll(client: RestClient): Promise<void> {
  let found = 0;
  let page_token: string | undefined;
  do {
    const body = { experiment_ids: ['0'], max_results: 1000, page_token };
    const page: { runs: unknown[]; next_page_token?: string } = JSON.parse(
      await client.send('POST', `${API}/runs/search`, body),
    );
    found += page.runs.length;
    page_token = page.next_page_token;
  } while (page_token);
  if (found < RUNS) throw new Error(`only ${found} runs were listed`);
}

/** As the client reads it: 25,000 points a page. */
async function readHistory(client: RestClient, runId: string): Promise<void> {
  let found = 0;
  let token = '';
  do {
    const query = `run_id=${runId}&metric_key=loss&max_results=25000${token && `&page_token=${encodeURIComponent(token)}`}`;
    const page: { metrics: unknown[]; next_page_token?: string } = JSON.parse(
      await client.send('GET', `${API}/metrics/get-history?${query}`),
    );
    found += page.metrics.length;
    token = page.next_page_token ?? '';
  } while (token);
  if (found !== HISTORY) throw new Error(`${found} points were read`);
}

/** Most of it is the client's own work, which is the same on either side. */
async function readHistories(program: string, runs: Record<Side, string>) {
  const servers = { ours: ours.info, peer: { url: peer.url, token: '' } };
  const read = (side: Side) => readThroughClient(program, servers[side], { runId: runs[side], points: HISTORY });
  const times = await interleaved(3, { peer: () => read('peer'), ours: () => read('ours') });
  return { ours: median(times.ours), peer: median(times.peer) };
}

async function logging() {
  const targets: Record<Side, Target> = {
    ours: { port: portOf(ours.info.url), token: ours.info.token, runId: await newRun(clients.ours) },
    peer: { port: portOf(peer.url), token: '', runId: await newRun(clients.peer) },
  };
  const rounds = (count: number, ofOurs: number, ofPeer: number) =>
    interleaved(LOGGING_ROUNDS, {
      peer: () => logMetrics(targets.peer, count, ofPeer),
      ours: () => logMetrics(targets.ours, count, ofOurs),
    });
  // warms both, the peer for about a second and ours for half of one: the first requests of a kind run code that is not compiled yet
  await logMetrics(targets.peer, 1, 100);
  await logMetrics(targets.ours, 1, 2000);
  const one = await rounds(1, 1000, 100);
  const many = await rounds(32, 10_000, 320);
  const latency = (loads: Load[]) => median(loads.map(({ latencies }) => median(latencies)));
  const rate = (loads: Load[]) => median(loads.map(({ requestsPerSecond }) => requestsPerSecond));
  return {
    one: { ours: latency(one.ours), peer: latency(one.peer) },
    many: { ours: rate(many.ours), peer: rate(many.peer) },
  };
}

async function logBatches(client: RestClient): Promise<void> {
  const run_id = await newRun(client);
  for (let from = 0; from < 5000; from += 1000) {
    const metrics = Array.from({ length: 1000 }, (_, index) => point(from + index));
    await client.send('POST', `${API}/runs/log-batch`, { run_id, metrics });
  }
}

async function newRun(client: RestClient): Promise<string> {
  const answer = await client.send('POST', `${API}/runs/create`, { experiment_id: '0', start_time: 2 });
  return JSON.parse(answer).run.info.run_id;
}

/** The second time: what a person zooms and pans. */
async function chart(runId: string): Promise<number> {
  const read = () => clients.large.send('GET', `/api/crisol/v1/runs/${runId}/metrics?points=2000`);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await timed(read));
  return median(times);
}

function ratio({ ours: small, large: big }: { ours: number[]; large: number[] }): number {
  return median(big) / median(small);
}

function memoryOf({ info }: BenchDaemon): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${info.pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
