import type { Signature } from '../../schemas/model.ts';
import type { FeatureRecord, Prediction } from '../../schemas/wire/serving.ts';

/** What the daemon and a serving host say to each other over the channel between them. */

/** A version of a model, as the registry finds it. */
export interface ModelLocation {
  model: string;
  version: number;
  /** absolute; holds the files of schemas/model.ts */
  folder: string;
}

/** The host's one argument, as JSON. Its token comes in the environment, where other users can't read it. */
export interface HostConfig extends ModelLocation {
  endpoint: string;
  host: string;
  /** 0: any that is free */
  port: number;
  /** a taken port is replaced by a free one instead of being an error */
  any_port_if_taken: boolean;
}

export const TOKEN_VARIABLE = 'CRISOL_SERVING_TOKEN';

export type DaemonToHost = { type: 'load'; location: ModelLocation };

export interface ReportedPrediction extends Prediction {
  record: FeatureRecord;
  /** milliseconds since 1970 */
  at: number;
  latency_ms: number;
  model: string;
  version: number;
}

export interface HostStats {
  requests: number;
  errors: number;
  p50_ms: number | null;
  p99_ms: number | null;
}

export type HostToDaemon =
  | { type: 'ready'; port: number; signature: Signature }
  /** the host ends after this */
  | { type: 'failed'; reason: string }
  | { type: 'loaded'; signature: Signature }
  /** the model before it is still served */
  | { type: 'load-failed'; reason: string }
  /** `dropped`: predictions since the last batch that nobody took in time */
  | { type: 'predictions'; predictions: ReportedPrediction[]; dropped: number }
  | { type: 'stats'; stats: HostStats };
