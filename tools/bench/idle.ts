/** What a daemon costs that nobody asks anything: after the sample's pipeline ran, with a window connected. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { writeSample } from '../../samples/index.ts';
import type { Topic } from '../../schemas/wire/events.ts';
import { EVENTS_PATH } from '../../schemas/wire/events.ts';
import { build } from '../build.ts';
import { processorMs, TICK_MS } from '../lib/process-usage.ts';
import { ROOT } from '../lib/root.ts';
import { atMost, report } from './lib.ts';
import { BenchDaemon, BenchFolder } from './parts/daemon.ts';

const SETTLES_MS = 20_000;
const MEASURED_MS = 10_000;

if (process.platform !== 'linux') throw new Error('This benchmark reads /proc, which only Linux has.');
await build();
const folder = new BenchFolder();
await writeSample(folder.path);
const daemon = await BenchDaemon.start(folder.path);
try {
  await crisol('run');
  const window = await connect();
  await sleep(SETTLES_MS);
  const before = processorMs(daemon.info.pid);
  await sleep(MEASURED_MS);
  const used = processorMs(daemon.info.pid) - before;
  const memory = residentMegabytes(daemon.info.pid);
  window.close();
  report('idle', [
    atMost(TICK_MS, { name: `processor time in ${MEASURED_MS / 1000} s`, unit: 'ms', ours: used }),
    atMost(120, { name: 'memory (resident)', unit: 'MB', ours: memory }),
  ]);
} finally {
  await daemon.stop();
  folder.dispose();
}

async function crisol(...args: string[]): Promise<void> {
  const program = join(ROOT, 'dist', 'crisol.cjs');
  const child = spawn(process.execPath, [program, ...args, '--workspace', folder.path], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`crisol ${args.join(' ')} ended with ${code}`);
}

/** As the extension's views do. */
async function connect(): Promise<WebSocket> {
  const headers = { authorization: `Bearer ${daemon.info.token}` };
  const socket = new WebSocket(daemon.info.url.replace('http', 'ws') + EVENTS_PATH, { headers });
  await once(socket, 'open');
  const topics: Topic[] = ['tracking', 'registry', 'pipelines', 'serving', 'monitoring'];
  socket.send(JSON.stringify({ type: 'subscribe', topics }));
  return socket;
}

function residentMegabytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
