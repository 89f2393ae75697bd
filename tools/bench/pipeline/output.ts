import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { WebSocket } from 'ws';
import { EVENTS_PATH } from '../../../schemas/wire/events.ts';
import type { StepLog } from '../../../schemas/wire/pipelines.ts';
import type { Crisol } from './crisol.ts';

const MEGABYTES = 500;

/** A step that writes as fast as it can, followed to its end, while somebody else asks the daemon for something small. */
export async function followOutput(crisol: Crisol): Promise<{ megabytesPerSecond: number; answers: number[] }> {
  const size = MEGABYTES * 1_000_000;
  crisol.write(
    `version: 1\nname: output\nsteps:\n  loud: {run: "yes 'a line of output as scripts print them' | head -c ${size}"}\n`,
  );
  const { url, token } = await crisol.info();
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const base = `${url}/api/crisol/v1/pipelines/runs`;
  const pulse = new Worker(new URL('pulse.ts', import.meta.url), { workerData: { url } });
  const begin = performance.now();
  const started = await fetch(base, { method: 'POST', headers, body: '{}' });
  const { run_id } = (await started.json()) as { run_id: string };
  const offset = await follow(crisol, run_id);
  const seconds = (performance.now() - begin) / 1000;
  const measured = once(pulse, 'message') as Promise<[number[]]>;
  pulse.postMessage('enough');
  const [answers] = await measured;
  if (offset !== size) throw new Error(`the output has ${offset} bytes, not ${size}`);
  return { megabytesPerSecond: MEGABYTES / seconds, answers };
}

/** As `crisol logs -f` does: what is told is taken, what is too much to be told is read. */
async function follow(crisol: Crisol, runId: string): Promise<number> {
  const { url, token } = await crisol.info();
  const headers = { authorization: `Bearer ${token}` };
  const socket = new WebSocket(`${url.replace('http', 'ws')}${EVENTS_PATH}`, { headers });
  await once(socket, 'open');
  let news = Promise.withResolvers<void>();
  socket.on('message', () => news.resolve());
  socket.send(JSON.stringify({ type: 'subscribe', topics: [`log:${runId}/loud`] }));
  try {
    for (let offset = 0; ; ) {
      news = Promise.withResolvers();
      const page = await fetch(`${url}/api/crisol/v1/pipelines/runs/${runId}/logs/loud?offset=${offset}`, { headers });
      const log = (await page.json()) as StepLog;
      offset = log.next_offset;
      if (log.ended) return offset;
      if (log.text === '') await news.promise;
    }
  } finally {
    socket.close();
  }
}
