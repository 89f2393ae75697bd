import type { Server } from 'node:http';
import type { TSchema } from 'typebox';
import type { Artifacts } from '../../artifacts/index.ts';
import type { Registry } from '../../registry/index.ts';
import type { Tracking } from '../../tracking/index.ts';
import type { App } from '../server.ts';
import { whenNeeded } from '../when-needed.ts';
import { artifactRoutes, serverInfoRoutes } from './artifacts.ts';
import { holdClients } from './clients.ts';
import { experimentRoutes } from './experiments.ts';
import { datasetSearchRoute, inputRoutes } from './inputs.ts';
import { loggedModelRoutes } from './logged-models.ts';
import { loggingRoutes } from './logging.ts';
import { bulkMetricRoute, metricRoutes } from './metrics.ts';
import { modelVersionRoutes } from './model-versions.ts';
import { requestValidator } from './reader.ts';
import { registeredModelRoutes } from './registered-models.ts';
import { runRoutes } from './runs.ts';

/** Of MLflow's own pages, and of some calls of its client. */
const PAGES_PREFIX = '/ajax-api/2.0/mlflow';
const PREFIXES = ['/api/2.0/mlflow', PAGES_PREFIX];

export interface MlflowRooms {
  tracking: Tracking;
  artifacts: Artifacts;
  registry: Registry;
}

interface Scripts {
  /** where they connect */
  server: Server;
  /** hears how many of them are connected */
  changed: (open: number) => void;
}

/** Where MLflow's client asks for something. */
export const isMlflow = (url: string): boolean => /^\/(?:(?:ajax-)?api\/\d|version\b)/.test(url);

/** The part of MLflow's REST interface that scripts need. Whatever else is asked for is an unknown endpoint. */
export function mlflowRoutes(app: App, { tracking, artifacts, registry }: MlflowRooms, scripts?: Scripts): void {
  void app.register(async (scope: App) => {
    if (scripts) holdClients(scripts.server, scope, scripts.changed);
    scope.setValidatorCompiler<TSchema>(({ schema }) => whenNeeded(() => requestValidator(schema)));
    serverInfoRoutes(scope);
    datasetSearchRoute(scope, PAGES_PREFIX, tracking);
    bulkMetricRoute(scope, PAGES_PREFIX, tracking);
    for (const prefix of PREFIXES) {
      experimentRoutes(scope, prefix, tracking);
      runRoutes(scope, prefix, tracking);
      loggingRoutes(scope, prefix, tracking);
      metricRoutes(scope, prefix, tracking);
      inputRoutes(scope, prefix, tracking);
      loggedModelRoutes(scope, prefix, { tracking, artifacts });
      artifactRoutes(scope, prefix, { tracking, artifacts });
      registeredModelRoutes(scope, prefix, registry);
      modelVersionRoutes(scope, prefix, { tracking, registry });
    }
  });
}
