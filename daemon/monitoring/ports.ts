import type { ReferenceColumns } from '../../schemas/model.ts';
import type { DriftReport, MonitorSummary } from '../../schemas/wire/monitoring.ts';
import type { FeatureRecord } from '../../schemas/wire/serving.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposables.ts';
import type { Store } from '../store/index.ts';
import type { DriftTest } from './rules.ts';

/** A monitor as crisol.yaml describes it. */
export interface MonitorConfig {
  name: string;
  endpoint: string;
  /** how many of the newest requests are looked at */
  last: number;
  /** a report at most this often */
  everyMs: number;
  test: DriftTest;
  threshold: number;
  /** only these columns; null: all of the reference */
  columns: readonly string[] | null;
}

/** What one version of a model answered at an endpoint, oldest first. */
export interface PredictionBatch {
  endpoint: string;
  model: string;
  version: number;
  records: readonly FeatureRecord[];
  /** one for each record */
  labels: readonly string[];
  /** milliseconds since 1970 */
  at: number;
}

export interface MonitoringDeps {
  clock: Clock;
  /** the predictions log, a file of its own, opened with PREDICTIONS_MIGRATIONS */
  store: Store;
  configured: () => readonly MonitorConfig[];
  onPredictions: (listener: (batch: PredictionBatch) => void) => Disposable;
  /** null: that version has none */
  reference: (model: string, version: number) => Promise<ReferenceColumns | null>;
  /** for the log of the daemon */
  warn: (message: string, cause: unknown) => void;
  /** how many predictions of an endpoint stay in the log */
  keepRows?: number;
}

/** In the words of schemas/wire/events.ts. */
export type MonitoringEvent =
  | { type: 'monitoring/monitor'; monitor: MonitorSummary }
  | { type: 'monitoring/monitor-removed'; name: string }
  | { type: 'monitor/report'; report: DriftReport };
