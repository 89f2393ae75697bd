import type { ImportExperiment, ImportLoggedModel, ImportModel, ImportRun } from '../../../schemas/wire/import.ts';
import type { MetricPoint } from '../../../schemas/wire/tracking.ts';
import type { Tree } from './tree.ts';

/** What another store holds, read as it is asked for. What cannot be read is noted among the problems, and left out. */
export interface Source {
  experiments(): Iterable<SourceExperiment>;
  runIds(experimentId: string): string[];
  /** Undefined when it cannot be read. */
  run(experimentId: string, runId: string): SourceRun | undefined;
  loggedModels(experimentId: string): Iterable<SourceLoggedModel>;
  models(): Iterable<ImportModel>;
  close(): void;
}

export interface SourceExperiment {
  /** as it is there */
  id: string;
  experiment: ImportExperiment;
}

export interface SourceRun {
  run: Omit<ImportRun, 'experiment_id'>;
  deleted: boolean;
  artifacts: ArtifactPlace;
  /** in parts of a few thousand points */
  points(): Iterable<SeriesPart>;
}

export interface SeriesPart {
  key: string;
  points: MetricPoint[];
}

export interface SourceLoggedModel {
  model: Omit<ImportLoggedModel, 'experiment_id'>;
  artifacts: ArtifactPlace;
}

/** Below a folder; nothing is read but what truly lies in the tree. */
export interface Files {
  kind: 'folder';
  tree: Tree;
  folder: string;
}

/** Where the files of a run are: in a folder that may be read, or where we do not look. */
export type ArtifactPlace = { kind: 'none' } | Files | { kind: 'elsewhere'; uri: string };

/** How many points are read, and sent, at once. */
export const PART = 5000;
