import type { JsonObject } from '../../../schemas/language/json.ts';
import type { Digest, FileChanges } from '../../../schemas/pipelines/digest.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { Store } from '../../store/index.ts';

/** What lies in the workspace, and what was kept of it. Paths are relative to the workspace. */
export interface WorkspaceFiles {
  digest(paths: readonly string[]): Promise<ReadonlyMap<string, Digest | null>>;
  /** between two contents of a folder, by their sha256; undefined when one of them is not remembered */
  changesBetween(before: string, now: string): Promise<FileChanges | undefined>;
  keep(path: string): Promise<Digest>;
  has(digest: Digest): Promise<boolean>;
  /** leaves what is right already */
  restore(path: string, digest: Digest): Promise<void>;
  /** out of the way, to a place on the same disk */
  setAside(path: string, where: string): Promise<boolean>;
  remove(path: string): Promise<boolean>;
}

export interface StepCacheDeps {
  store: Store;
  clock: Clock;
  logger: Logger;
  workspace: string;
  files: WorkspaceFiles;
  /** what a step logged: the last value of each metric of its run */
  metricsOf(runId: string): Record<string, number>;
  /** the Python that commands of the workspace find, as a path; undefined where there is none */
  interpreter?(): string | undefined;
  /** of all params of the run, with its overrides */
  keep?: KeepSettings;
}

/** A result goes when it is neither among the newest of its step nor young. */
export interface KeepSettings {
  resultsPerStep: number;
  days: number;
}

/** The params of a run, as its plan was made with them. */
export type RunParams = JsonObject;
