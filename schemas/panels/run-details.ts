import type { ArtifactTable } from '../wire/artifact-table.ts';
import type { ErrorBody } from '../wire/common.ts';
import type { RunInputs } from '../wire/run-inputs.ts';
import type { RunSource } from '../wire/run-source.ts';

/** A file or a folder that a run keeps; of a folder there is no size. */
export interface ArtifactEntry {
  /** from the run's own top, such as `model/MLmodel`; `modelPlace` knows those of logged models */
  path: string;
  bytes: number | null;
}

/** What can be seen of a file without opening it. `whole: false`: only its beginning. */
export type ArtifactPreview =
  | { kind: 'image'; url: string; bytes: number }
  | { kind: 'table' | 'json' | 'html' | 'markdown' | 'text'; text: string; bytes: number; whole: boolean }
  | { kind: 'rows'; table: ArtifactTable }
  | { kind: 'binary'; bytes: number }
  /** `showable`: if a person insists */
  | { kind: 'too-large'; bytes: number; showable: boolean }
  | { kind: 'failed'; problem: ErrorBody };

export interface LoggedModelName {
  model_id: string;
  name: string;
}

/** What ran, what it read and what came of it. */
export interface RunOrigin {
  source: RunSource;
  inputs: RunInputs;
  /** models that it logged */
  models: LoggedModelName[];
}

/** Answers about one run, which are asked for when they are wanted. */
export type ToRunDetails =
  | { type: 'runs/artifacts'; folder: string; entries: ArtifactEntry[] }
  | { type: 'runs/artifacts-failed'; folder: string; problem: ErrorBody }
  | { type: 'runs/preview'; path: string; preview: ArtifactPreview }
  | { type: 'runs/origin'; origin: RunOrigin }
  | { type: 'runs/origin-failed'; problem: ErrorBody };

export type FromRunDetails =
  | { type: 'runs/list-artifacts'; folder: string }
  /** `insist`: although it is large */
  | { type: 'runs/preview-artifact'; path: string; insist: boolean }
  | { type: 'runs/open-artifact'; path: string; rendered: boolean }
  | { type: 'runs/save-artifact'; path: string }
  | { type: 'runs/read-origin' }
  | { type: 'runs/show-changes' }
  | { type: 'runs/reproduce' }
  | { type: 'runs/open-log'; step: string }
  /** which the output of a step names */
  | { type: 'runs/open-place'; file: string; line: number };
