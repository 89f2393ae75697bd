import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { exec } from '../../lib/exec.ts';

export interface Peer {
  url: string;
  stop(): Promise<void>;
}

/** MLflow's own server over SQLite. One worker: with its usual four every answer comes 44 ms late, which would flatter us. */
export async function startPeer(python: string, folder: string, runs: number, history: number): Promise<Peer> {
  const file = join(folder, 'mlflow.db');
  const filler = join(import.meta.dirname, 'fill.py');
  const { code, output } = await exec(python, [filler, file, String(runs), String(history)]);
  if (code !== 0) throw new Error(output);
  const port = String(await freePort());
  const options = ['--workers', '1', '--backend-store-uri', `sqlite:///${file}`, '--artifacts-destination', folder];
  const server = spawn(python, ['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', port, ...options], {
    // its workers are processes of their own: they end with the group
    detached: true,
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  await answers(`${url}/health`);
  return {
    url,
    async stop() {
      const ended = once(server, 'exit');
      if (server.pid !== undefined) process.kill(-server.pid, 'SIGKILL');
      await ended;
    },
  };
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} does not answer`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}
