import type { HostConfig } from '../protocol.ts';
import type { Engine } from './engine.ts';
import type { ServingMetrics } from './metrics.ts';
import type { Predictor } from './predictor.ts';
import type { Reporter } from './reporter.ts';

/** What the routes are made of. */
export interface HostParts {
  config: HostConfig;
  engine: Engine;
  predictor: Predictor;
  metrics: ServingMetrics;
  reporter: Reporter;
}
