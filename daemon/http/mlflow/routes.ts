import type { TSchema } from 'typebox';
import type { Artifacts } from '../../artifacts/index.ts';
import type { Registry } from '../../registry/index.ts';
import type { Tracking } from '../../tracking/index.ts';
import type { App } from '../server.ts';
import { artifactRoutes, serverInfoRoutes } from './artifacts.ts';
import { experimentRoutes } from './experiments.ts';
import { loggingRoutes } from './logging.ts';
import { metricRoutes } from './metrics.ts';
import { requestValidator } from './reader.ts';
import { runRoutes } from './runs.ts';

/** The client uses the first; MLflow's own pages, and some of its calls, the second. */
const PREFIXES = ['/api/2.0/mlflow', '/ajax-api/2.0/mlflow'];

export interface MlflowRooms {
  tracking: Tracking;
  artifacts: Artifacts;
  registry: Registry;
}

/** The part of MLflow's REST interface that scripts need. Whatever else is asked for is an unknown endpoint. */
export function mlflowRoutes(app: App, { tracking, artifacts }: MlflowRooms): void {
  void app.register(async (scope: App) => {
    scope.setValidatorCompiler<TSchema>(({ schema }) => requestValidator(schema));
    serverInfoRoutes(scope);
    for (const prefix of PREFIXES) {
      experimentRoutes(scope, prefix, tracking);
      runRoutes(scope, prefix, tracking);
      loggingRoutes(scope, prefix, tracking);
      metricRoutes(scope, prefix, tracking);
      artifactRoutes(scope, prefix, { tracking, artifacts });
    }
  });
}
