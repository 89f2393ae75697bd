import type { DriftReport, MonitorSummary } from '../wire/monitoring.ts';
import type { AnyFromPanel, AnyToPanel } from './common.ts';

export interface DriftSubject {
  name: string;
}

/** `monitor` is null when crisol.yaml names no such monitor; `report` is null until the first one was made. */
export type ToDriftPanel =
  | AnyToPanel
  | { type: 'drift/state'; monitor: MonitorSummary | null; report: DriftReport | null };

export type FromDriftPanel =
  | AnyFromPanel
  | { type: 'drift/open-threshold' }
  | { type: 'drift/open-endpoint'; name: string };
