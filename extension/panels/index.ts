import type * as vscode from 'vscode';
import { comparePanel } from './compare/index.ts';
import type { Ways } from './conversation.ts';
import { driftPanel } from './drift.ts';
import { endpointPanel } from './endpoint.ts';
import { pipelinePanel } from './pipeline.ts';
import type { PanelPorts } from './ports.ts';
import { runsPanel } from './runs.ts';
import { tablePanel } from './table.ts';
import { PanelWindows } from './window.ts';

export type { Openers, PanelPorts } from './ports.ts';

export interface Panels extends Ways, vscode.Disposable {
  compareRuns(runIds: string[]): void;
  /** Beside what the person works on, who keeps the keyboard. */
  watchRun(runId: string): void;
  /** what a step of the run printed */
  showLog(runId: string, step: string): void;
  showMonitor(name: string): void;
  /** the graph of the steps */
  showPipeline(): void;
  /** Whether a person looks at the graph, where a run is followed already. */
  isPipelineSeen(): boolean;
  /** all runs of an experiment, or those that a filter finds */
  showTable(experimentId: string, filter?: string): void;
}

/** Webviews, each with its conversation. Those that were open when the window was reloaded come back. */
export function createPanels(ports: PanelPorts): Panels {
  const ways: Ways = {
    showRun: (runId) => runs.show({ run_id: runId }),
    compareRuns: (runIds) => comparisons.show({ run_ids: [...new Set(runIds)] }),
    showEndpoint: (name) => endpoints.show({ name }),
  };
  const runs = new PanelWindows(runsPanel, ports, ways);
  const comparisons = new PanelWindows(comparePanel, ports, ways);
  const endpoints = new PanelWindows(endpointPanel, ports, ways);
  const drift = new PanelWindows(driftPanel, ports, ways);
  const graphs = new PanelWindows(pipelinePanel, ports, ways);
  const tables = new PanelWindows(tablePanel, ports, ways);
  return {
    ...ways,
    watchRun: (runId) => runs.show({ run_id: runId }, { where: 'beside' }),
    showLog: (runId, step) => runs.show({ run_id: runId }, { what: step }),
    showMonitor: (name) => drift.show({ name }),
    showPipeline: () => graphs.show({ of: 'workspace' }),
    isPipelineSeen: () => graphs.isSeen(),
    showTable: (experiment_id, what) => tables.show({ experiment_id }, { what }),
    dispose: () => {
      for (const windows of [runs, comparisons, endpoints, drift, graphs, tables]) windows.dispose();
    },
  };
}
