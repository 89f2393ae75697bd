import { join } from 'node:path';
import { exec } from '../../lib/exec.ts';

interface History {
  runId: string;
  points: number;
}

/** Milliseconds that MLflow's own client takes for a whole history, what it makes of the answers included. */
export async function readThroughClient(
  python: string,
  { url, token }: { url: string; token: string },
  { runId, points }: History,
): Promise<number> {
  const script = join(import.meta.dirname, 'history.py');
  const env = { ...process.env, MLFLOW_TRACKING_TOKEN: token };
  const { code, output } = await exec(python, [script, url, runId, String(points)], { env });
  if (code !== 0) throw new Error(output);
  return Number(output.trim().split('\n').at(-1));
}
