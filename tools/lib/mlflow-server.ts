import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

export interface MlflowServer {
  url: string;
  stop(): Promise<void>;
}

const START_WITHIN_MS = 90_000;
const LOOK_EVERY_MS = 100;

/**
 * MLflow's own server over SQLite, its store `mlflow.db` and its files in the folder. One worker: with its usual four every
 * answer comes 44 ms late, which would flatter us.
 */
export async function startMlflowServer(python: string, folder: string): Promise<MlflowServer> {
  const port = String(await freePort());
  const store = ['--backend-store-uri', `sqlite:///${join(folder, 'mlflow.db')}`, '--artifacts-destination', folder];
  const address = ['--host', '127.0.0.1', '--port', port, '--workers', '1'];
  const server = spawn(python, ['-m', 'mlflow', 'server', ...address, ...store], {
    cwd: folder,
    // its workers are processes of their own: they end with the group
    detached: true,
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    const ended = once(server, 'exit');
    if (server.pid !== undefined) process.kill(-server.pid, 'SIGKILL');
    await ended;
  };
  if (await answersSoon(`${url}/health`)) return { url, stop };
  await stop();
  throw new Error(`the MLflow server did not answer within ${START_WITHIN_MS / 1000} s`);
}

async function answersSoon(url: string): Promise<boolean> {
  const deadline = Date.now() + START_WITHIN_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return false;
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
