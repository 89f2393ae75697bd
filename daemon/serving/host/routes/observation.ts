import type { FastifyInstance } from 'fastify';
import { VERSION } from '../../../../schemas/version.ts';
import type { HostParts } from '../parts.ts';

/** How the endpoint does, for people, probes and Prometheus. */
export function observationRoutes({ config, engine, metrics }: HostParts) {
  return async (app: FastifyInstance): Promise<void> => {
    for (const path of ['/health', '/ping']) {
      app.get(path, async (_, reply) =>
        reply.code(engine.ready ? 200 : 503).send({ status: engine.ready ? 'ok' : 'loading' }),
      );
    }
    app.get('/version', async (_, reply) => reply.type('text/plain').send(VERSION));
    app.get('/metrics', async (_, reply) =>
      reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
    );
    app.get('/metrics/summary', async () => {
      const { model, version } = engine.current.location;
      return { endpoint: config.endpoint, model, version, ...metrics.summary() };
    });
  };
}
