import type * as vscode from 'vscode';
import type { Api } from '../daemon/api.ts';
import type { Session } from '../daemon/session.ts';
import type { Stores } from '../views/stores.ts';

/** What commands work with. */
export interface CommandContext {
  session: Session;
  api: Api;
  stores: Stores;
  panels: PanelDoor;
  log: vscode.LogOutputChannel;
  /** the folder whose crisol.yaml this window works on */
  folder(): vscode.Uri | undefined;
}

export interface PanelDoor {
  showRun(runId: string): void;
  compareRuns(runIds: string[]): void;
  showEndpoint(name: string): void;
  showMonitor(name: string): void;
}
