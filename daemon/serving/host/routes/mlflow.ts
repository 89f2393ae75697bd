import type { FastifyInstance } from 'fastify';
import { mlflowRecords } from '../mlflow-input.ts';
import type { HostParts } from '../parts.ts';

/** What MLflow's scoring server answers, for clients that were written against it. */
export function mlflowRoutes({ predictor }: HostParts) {
  return async (app: FastifyInstance): Promise<void> => {
    app.post('/invocations', async ({ body }) => {
      const { outputs } = await predictor.predict(mlflowRecords(body));
      return { predictions: outputs.labels };
    });
  };
}
