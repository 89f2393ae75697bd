import type { Uri } from 'vscode';
import type { Api } from '../daemon/api.ts';
import type { Clock } from '../daemon/clock.ts';
import type { DaemonLink } from '../daemon/link.ts';

/** What panels need of the rest of the extension; main.ts hands it in. */
export interface PanelPorts {
  extensionUri: Uri;
  link: Pick<DaemonLink, 'state' | 'onState' | 'subscribe'>;
  api: Pick<Api, 'pipelineRun' | 'stepLog' | 'endpoint' | 'startEndpoint' | 'stopEndpoint'>;
  openers: Openers;
  clock: Clock;
}

export interface Openers {
  /** `what` completes "Copied …" */
  copy(text: string, what: string): void;
  /** asks where, then writes */
  save(name: string, text: string): void;
  /** shows crisol.yaml at the place that `find` answers */
  openPipelineFile(find: (text: string) => number): void;
  startDaemon(): void;
  /** asks which version, to which stage, and why */
  promote(model: string): void;
}

/** The conversations' share of the ports: it has nothing of VS Code, so that they are tested without it. */
export type ConversationPorts = Omit<PanelPorts, 'extensionUri'>;
