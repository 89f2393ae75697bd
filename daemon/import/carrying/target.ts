import type {
  ImportExperiment,
  Imported,
  ImportedExperiment,
  ImportedModel,
  ImportLoggedModel,
  ImportModel,
  ImportPoints,
  ImportRun,
} from '../../../schemas/wire/import.ts';

/** Where an import goes: the daemon, or nowhere when it is only tried. */
export interface Target {
  /** those of these runs and logged models of which nothing is missing there */
  known(ids: readonly string[]): Promise<Set<string>>;
  experiment(experiment: ImportExperiment): Promise<ImportedExperiment>;
  run(run: ImportRun): Promise<Imported>;
  /** how many are new */
  points(runId: string, series: ImportPoints['series']): Promise<number>;
  completeRun(runId: string, deleted: boolean): Promise<void>;
  loggedModel(model: ImportLoggedModel): Promise<Imported>;
  completeLoggedModel(modelId: string): Promise<void>;
  model(model: ImportModel): Promise<ImportedModel>;
  /** Answers how many bytes were sent; undefined when `mayBeThere` and the very same file is. */
  file(path: string, local: string, mayBeThere: boolean): Promise<number | undefined>;
}
