import type { Uri } from 'vscode';
import type { Aspect } from '../../schemas/panels/compare.ts';
import type { LoggedModelName } from '../../schemas/panels/run-details.ts';
import type { FilePlace } from '../../schemas/pipelines/file-problem.ts';
import type { Api } from '../daemon/api.ts';
import type { ArtifactReader } from '../daemon/artifacts.ts';
import type { Clock } from '../daemon/clock.ts';
import type { DaemonLink } from '../daemon/link.ts';

/** What panels need of the rest of the extension; main.ts hands it in. */
export interface PanelPorts {
  extensionUri: Uri;
  link: Pick<DaemonLink, 'state' | 'onState' | 'subscribe'>;
  api: Pick<
    Api,
    | 'pipelines'
    | 'pipelineRun'
    | 'cancelPipeline'
    | 'cancelStep'
    | 'stepLog'
    | 'searchLog'
    | 'endpoint'
    | 'startEndpoint'
    | 'stopEndpoint'
    | 'runMetrics'
    | 'runSource'
    | 'runInputs'
    | 'experiments'
    | 'runTable'
    | 'restoreRuns'
    | 'runCurves'
  >;
  artifacts: Pick<ArtifactReader, 'list' | 'stat' | 'read' | 'table'> & LoggedModels;
  openers: Openers;
  clock: Clock;
}

export interface LoggedModels {
  /** models that a run logged */
  modelsOf(runId: string): Promise<LoggedModelName[]>;
}

export interface NamedRun {
  run_id: string;
  name: string;
}

/** What is shown as a text of what ran: the changes since the commit, or how to run it again. */
export type SourceText = 'changes' | 'reproduce';

/** `commit`: what its script was committed as, where that is to be looked at and known */
export interface ComparedSide extends NamedRun {
  commit: string | null;
}

export interface Openers {
  /** `what` completes "Copied …" */
  copy(text: string, what: string): void;
  /** asks where, then writes */
  save(name: string, content: string | Uint8Array): void;
  /** lays one side of two runs beside each other, in the diff editor */
  diffRuns(aspect: Aspect, base: ComparedSide, other: ComparedSide): void;
  /** a file that a run keeps; `rendered`: Markdown, as it is meant to be read */
  openArtifact(runId: string, path: string, rendered: boolean): void;
  /** asks where, then writes it there */
  saveArtifact(runId: string, path: string): void;
  showSource(what: SourceText, run: NamedRun): void;
  openStepLog(runId: string, step: string): void;
  /** shows crisol.yaml at the place that `find` answers */
  openPipelineFile(find: (text: string) => number): void;
  /** where the step is written */
  openStep(step: string): void;
  /** crisol.yaml, or at the place; one that is not there is made */
  openFile(place: FilePlace | undefined): void;
  /** a line, from 1, of a file that an output names */
  openPlace(file: string, line: number): void;
  /** a file or a folder of the workspace, which may not be there yet */
  openPath(path: string): void;
  /** runs a step and what it needs, or with `onward` what waits for it; null: the whole pipeline */
  startSteps(step: string | null, onward: boolean): void;
  /** why a step would run */
  showWhy(step: string): void;
  startDaemon(): void;
  /** asks which version, to which stage, and why */
  promote(model: string): void;
}

/** The conversations' share of the ports: it has nothing of VS Code, so that they are tested without it. */
export type ConversationPorts = Omit<PanelPorts, 'extensionUri'>;
