import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrackingServer } from './servers.ts';
import { python, startCrisol, startMlflow } from './servers.ts';

const scripts = readdirSync(import.meta.dirname).filter((name) => name.endsWith('_script.py'));

const SERVERS: [name: string, start: () => Promise<TrackingServer>][] = [['Crisol', startCrisol]];
// `npm run conformance` asks MLflow itself as well whether the scripts are right about it
if (process.env.CRISOL_CONFORMANCE_PEER) SERVERS.push(["MLflow's own server", startMlflow]);

describe.each(SERVERS)("MLflow's own Python client finds all as it expects it at %s:", (name, start) => {
  let server: TrackingServer;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.stop());

  it.each(scripts)('%s', async (script) => {
    const { code, output } = await run(script, server, name === 'Crisol' ? 'crisol' : 'mlflow');
    expect(output).toContain('all as expected');
    expect(code).toBe(0);
  });
});

async function run(script: string, { url, token }: TrackingServer, server: string) {
  const child = spawn(python(), [join(import.meta.dirname, script)], {
    env: {
      ...process.env,
      PYTHONUTF8: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      MLFLOW_TRACKING_URI: url,
      MLFLOW_TRACKING_TOKEN: token,
      // a failure must show itself at once
      MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0',
      // which packages a model needs is found out in a Python of its own, and sent as a file either way
      MLFLOW_REQUIREMENTS_INFERENCE_TIMEOUT: '1',
      // the few places where the two differ on purpose ask which one it is
      CONFORMANCE_SERVER: server,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, output: out + errors };
}
