import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createArtifacts } from '../../../daemon/artifacts/index.ts';
import { systemClock } from '../../../daemon/base/clock.ts';
import { importRoutes } from '../../../daemon/http/app/import.ts';
import { Guard } from '../../../daemon/http/guard.ts';
import { mlflowRoutes } from '../../../daemon/http/mlflow/routes.ts';
import { createHttp, listen } from '../../../daemon/http/server.ts';
import { createImports } from '../../../daemon/import/index.ts';
import { createRegistry } from '../../../daemon/registry/index.ts';
import { Store } from '../../../daemon/store/index.ts';
import { migrations } from '../../../daemon/store/migrations/index.ts';
import { createTracking } from '../../../daemon/tracking/index.ts';

export const TOKEN = 'a-token-for-tests';

/** Tracking behind real HTTP on a port of its own, over a store in a temporary folder. */
export async function startMlflowServer() {
  const folder = mkdtempSync(join(tmpdir(), 'crisol-mlflow-'));
  const store = new Store({
    file: join(folder, 'store.db'),
    migrations,
    backups: join(folder, 'backups'),
    clock: systemClock,
  });
  const artifacts = createArtifacts({ store, clock: systemClock, folder: join(folder, 'artifacts') });
  const tracking = createTracking({ store, clock: systemClock });
  const registry = createRegistry({
    store,
    clock: systemClock,
    folder: join(folder, 'models'),
    workspace: folder,
    runs: tracking.runs,
    artifacts,
  });
  const guard = new Guard(TOKEN);
  const failures: string[] = [];
  const note = (_fields: object, message: string) => void failures.push(message);
  const app = createHttp({ guard, logger: { info: note, warn: note, error: note }, onRequest: () => {} });
  mlflowRoutes(app, { tracking, artifacts, registry });
  importRoutes(app, createImports({ store, tracking, registry, clock: systemClock }));
  const port = await listen(app, 0);
  guard.allowPort(port);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    folder,
    tracking,
    artifacts,
    registry,
    store,
    /** what the server logged: empty while nothing went wrong inside */
    failures,
    request: (method: string, path: string, body?: unknown) => request(url, method, `/api/2.0/mlflow/${path}`, body),
    /** whatever the path */
    raw: (method: string, path: string, body?: unknown) => request(url, method, path, body),
    async stop() {
      await app.close();
      await store.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type MlflowServer = Awaited<ReturnType<typeof startMlflowServer>>;

async function request(url: string, method: string, path: string, body: unknown) {
  const headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const response = await fetch(url + path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}
