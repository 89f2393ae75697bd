import { startMlflowServer } from '../../tools/lib/mlflow-server.ts';
import { TestDaemon } from '../support/daemon.ts';
import { TempWorkspace } from '../support/temp-workspace.ts';

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
  const server = await startMlflowServer(python(), workspace.folder);
  return {
    url: server.url,
    token: '',
    async stop() {
      await server.stop();
      workspace.dispose();
    },
  };
}
