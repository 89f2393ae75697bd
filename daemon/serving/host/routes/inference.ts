import type { FastifyInstance } from 'fastify';
import type { HostParts } from '../parts.ts';
import { mlflowRoutes } from './mlflow.ts';
import { oipRoutes } from './oip.ts';
import { predictRoutes } from './predict.ts';

/** Everything that predicts. Each request is counted here, whatever protocol it speaks and however it ends. */
export function inferenceRoutes(parts: HostParts) {
  const { config, engine, metrics, reporter } = parts;
  return async (app: FastifyInstance): Promise<void> => {
    app.addHook('onResponse', async ({ method }, reply) => {
      const { statusCode } = reply;
      // a stranger at the door is not a request to the model
      if (method !== 'POST' || statusCode === 401 || statusCode === 403) return;
      const { model, version } = engine.location ?? config;
      metrics.requestEnded(reply.elapsedTime, statusCode < 400, model, String(version));
      reporter.statsChanged(() => metrics.stats());
    });
    app.register(predictRoutes(parts));
    app.register(mlflowRoutes(parts));
    app.register(oipRoutes(parts), { prefix: '/v2' });
  };
}
