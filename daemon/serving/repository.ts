import type { Store } from '../store/index.ts';
import type { EndpointMemory, RememberedEndpoint } from './ports.ts';

type Row = Omit<RememberedEndpoint, 'running'> & { running: 0 | 1 };

/** Endpoints in the store. */
export function createEndpointMemory(store: Store): EndpointMemory {
  const all = store.db.prepare<[], Row>('SELECT name, model_ref, port, token, running FROM endpoints ORDER BY name');
  const save = store.db.prepare<Row>(`
    INSERT INTO endpoints (name, model_ref, port, token, running)
    VALUES (:name, :model_ref, :port, :token, :running)
    ON CONFLICT (name) DO UPDATE SET
      model_ref = excluded.model_ref, port = excluded.port, token = excluded.token, running = excluded.running
  `);
  return {
    all: () => all.all().map((row) => ({ ...row, running: row.running === 1 })),
    async save(endpoint) {
      await store.write(() => save.run({ ...endpoint, running: endpoint.running ? 1 : 0 }));
    },
  };
}
