import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { TestDaemon } from '../support/daemon.ts';
import { TempWorkspace } from '../support/temp-workspace.ts';
import { waitFor } from '../support/wait-for.ts';

/** The Python that `npm run conformance` brings. */
export function python(): string {
  const found = process.env.CRISOL_MLFLOW_PYTHON;
  if (found) return found;
  throw new Error('CRISOL_MLFLOW_PYTHON names no Python: start these tests with `npm run conformance`.');
}

/** A server that MLflow's client talks to. */
export interface TrackingServer {
  url: string;
  token: string;
  stop(): Promise<void>;
}

export async function startCrisol(): Promise<TrackingServer> {
  const workspace = new TempWorkspace();
  const daemon = await TestDaemon.start(workspace.folder);
  return {
    url: daemon.url,
    token: daemon.info.token,
    async stop() {
      await daemon.stop();
      workspace.dispose();
    },
  };
}

/** MLflow's own: what a script expects must hold there too, or the script is wrong about MLflow. */
export async function startMlflow(): Promise<TrackingServer> {
  const workspace = new TempWorkspace();
  const port = await freePort();
  const store = `sqlite:///${workspace.path('mlflow.db')}`;
  const options = ['--workers', '1', '--backend-store-uri', store, '--artifacts-destination', workspace.path('files')];
  const server = spawn(
    python(),
    ['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), ...options],
    {
      cwd: workspace.folder,
      // its workers are processes of their own: they end with the group
      detached: true,
      stdio: 'ignore',
    },
  );
  const url = `http://127.0.0.1:${port}`;
  await waitFor(() => answers(`${url}/health`), { what: 'the MLflow server answers', timeout: 90_000 });
  return { url, token: '', stop: () => endGroup(server, workspace) };
}

async function endGroup(server: ChildProcess, workspace: TempWorkspace): Promise<void> {
  const ended = once(server, 'exit');
  if (server.pid !== undefined) process.kill(-server.pid, 'SIGKILL');
  await ended;
  workspace.dispose();
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
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
