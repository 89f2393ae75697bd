/** From the acknowledgement of a metric to the message that brings it to whoever watches the run. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { ServerMessage } from '../../schemas/wire/events.ts';
import { EVENTS_PATH } from '../../schemas/wire/events.ts';
import { build } from '../build.ts';
import { atLeast, atMost, percentile, report } from './lib.ts';
import { BenchDaemon, BenchFolder } from './parts/daemon.ts';

const PROBES = 300;
const PROBE_EVERY_MS = 30;
const PER_SECOND = 1000;
const KEY = 'probe';

await build();
const folder = new BenchFolder();
const daemon = await BenchDaemon.start(folder.path);
try {
  const runId = await daemon.newRun();
  const quiet = await measure(runId);
  const load = await startLoad(runId);
  const busy = await measure(runId, PROBES);
  const { answered, seconds } = await load.end();
  report('live', [
    atMost(150, { name: 'nothing else logged, p95', unit: 'ms', ours: percentile(quiet, 0.95) }),
    atMost(150, {
      name: `${PER_SECOND} metrics/s logged to the same run, p95`,
      unit: 'ms',
      ours: percentile(busy, 0.95),
    }),
    atLeast(PER_SECOND * 0.95, { name: 'metrics acknowledged meanwhile', unit: '1/s', ours: answered / seconds }),
  ]);
} finally {
  await daemon.stop();
  folder.dispose();
}

/** Each probe is one metric on its own step: when was it acknowledged, and when did it arrive? */
async function measure(runId: string, firstStep = 0): Promise<number[]> {
  const arrived = new Map<number, number>();
  const socket = await watch(runId, (step) => arrived.set(step, arrived.get(step) ?? performance.now()));
  const acknowledged = new Map<number, number>();
  for (let step = firstStep; step < firstStep + PROBES; step++) {
    await daemon.post('/api/2.0/mlflow/runs/log-metric', {
      run_id: runId,
      key: KEY,
      value: step,
      timestamp: Date.now(),
      step,
    });
    acknowledged.set(step, performance.now());
    await new Promise((resolve) => setTimeout(resolve, PROBE_EVERY_MS));
  }
  while (![...acknowledged.keys()].every((step) => arrived.has(step))) await once(socket, 'message');
  socket.close();
  // a message that overtakes the answer has not kept anybody waiting
  return [...acknowledged].map(([step, time]) => Math.max(0, (arrived.get(step) ?? Number.NaN) - time));
}

async function watch(runId: string, probe: (step: number) => void): Promise<WebSocket> {
  const headers = { authorization: `Bearer ${daemon.info.token}` };
  const socket = new WebSocket(daemon.info.url.replace('http', 'ws') + EVENTS_PATH, { headers });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'subscribe', topics: [`run:${runId}`] }));
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as ServerMessage;
    if (message.type !== 'run/points' && message.type !== 'run/snapshot') return;
    const points = message.series.find(({ key }) => key === KEY)?.points ?? [];
    for (const [step] of points) probe(step);
  });
  return socket;
}

async function startLoad(runId: string) {
  const { url, token } = daemon.info;
  const child = fork(join(import.meta.dirname, 'live', 'load.ts'), [url, token, runId, String(PER_SECOND)]);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return {
    async end(): Promise<{ answered: number; seconds: number }> {
      child.send('end');
      const [result] = await once(child, 'message');
      child.disconnect();
      await once(child, 'exit');
      return result;
    },
  };
}
