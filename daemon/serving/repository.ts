import type { Seal, Store } from '../store/index.ts';
import type { EndpointMemory, RememberedEndpoint } from './ports.ts';

type Words = Omit<RememberedEndpoint, 'running'> & { running: 0 | 1 };
type Row = Words & { seal: string };

/** Endpoints in the store. One that this user's daemon did not write there counts as none: it neither starts by itself nor has its token. */
export function createEndpointMemory(store: Store, seal: Seal): EndpointMemory {
  const all = store.db.prepare<[], Row>(
    'SELECT name, model_ref, port, token, running, seal FROM endpoints ORDER BY name',
  );
  const save = store.db.prepare<Row>(`
    INSERT INTO endpoints (name, model_ref, port, token, running, seal)
    VALUES (:name, :model_ref, :port, :token, :running, :seal)
    ON CONFLICT (name) DO UPDATE SET
      model_ref = excluded.model_ref, port = excluded.port, token = excluded.token, running = excluded.running,
      seal = excluded.seal
  `);
  const sealOf = ({ name, model_ref, port, token, running }: Words) =>
    seal('endpoint', name, model_ref, String(port), token, String(running));
  return {
    all: () =>
      all
        .all()
        .filter((row) => row.seal === sealOf(row))
        .map(({ seal: _, ...row }) => ({ ...row, running: row.running === 1 })),
    async save(endpoint) {
      const words: Words = { ...endpoint, running: endpoint.running ? 1 : 0 };
      await store.write(() => save.run({ ...words, seal: sealOf(words) }));
    },
  };
}
