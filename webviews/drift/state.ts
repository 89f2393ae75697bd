import type { Connection } from '../../schemas/panels/common.ts';
import type { ToDriftPanel } from '../../schemas/panels/drift.ts';
import type { ErrorBody } from '../../schemas/wire/common.ts';
import type { DriftReport, MonitorSummary } from '../../schemas/wire/monitoring.ts';

export interface DriftPanelState {
  connection: Connection;
  problem: ErrorBody | null;
  heard: boolean;
  monitor: MonitorSummary | null;
  report: DriftReport | null;
}

export const NOTHING: DriftPanelState = {
  connection: 'connected',
  problem: null,
  heard: false,
  monitor: null,
  report: null,
};

export function reduce(state: DriftPanelState, message: ToDriftPanel): DriftPanelState {
  switch (message.type) {
    case 'connection':
      return { ...state, connection: message.connection };
    case 'problem':
      return { ...state, problem: message.problem };
    case 'drift/state':
      return { ...state, heard: true, monitor: message.monitor, report: message.report };
  }
}
