import { join } from 'node:path';
import { exec } from '../../lib/exec.ts';
import type { MlflowServer } from '../../lib/mlflow-server.ts';
import { startMlflowServer } from '../../lib/mlflow-server.ts';

/** MLflow's own server with so many runs, and one run of which a metric has so many points. */
export async function startPeer(python: string, folder: string, runs: number, history: number): Promise<MlflowServer> {
  const filler = join(import.meta.dirname, 'fill.py');
  const { code, output } = await exec(python, [filler, join(folder, 'mlflow.db'), String(runs), String(history)]);
  if (code !== 0) throw new Error(output);
  return startMlflowServer(python, folder);
}
