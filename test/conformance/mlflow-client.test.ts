import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MlflowServer } from '../contract/mlflow/mlflow-server.ts';
import { startMlflowServer, TOKEN } from '../contract/mlflow/mlflow-server.ts';

// run.ts brings it
const python = process.env.CRISOL_MLFLOW_PYTHON;

describe("MLflow's own Python client", () => {
  let server: MlflowServer;
  beforeAll(async () => {
    server = await startMlflowServer();
  });
  afterAll(() => server.stop());

  it('logs a plain script, its nested runs, batches, NaN and unicode, and reads them back', async () => {
    const { stdout } = await promisify(execFile)(
      python ?? 'CRISOL_MLFLOW_PYTHON names no Python: start these with `npm run conformance`',
      [join(import.meta.dirname, 'plain_script.py')],
      {
        env: {
          ...process.env,
          PYTHONUTF8: '1',
          MLFLOW_TRACKING_URI: server.url,
          MLFLOW_TRACKING_TOKEN: TOKEN,
          // a failure must show itself at once
          MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0',
        },
      },
    );
    expect(stdout).toContain('all as expected');
    expect(server.failures).toEqual([]);
  });
});
