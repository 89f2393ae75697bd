import type { JsonObject } from '../../../schemas/language/json.ts';
import type { Digest, FileChanges } from '../../../schemas/pipelines/digest.ts';
import type { Progress } from '../../../schemas/pipelines/progress.ts';
import type { Clock } from '../../base/clock.ts';
import type { LookOptions } from '../../files/index.ts';
import type { Store } from '../../store/index.ts';

/** What lies in the workspace, and what was kept of it. Paths are relative to the workspace. */
export interface WorkspaceFiles {
  digest(
    paths: readonly string[],
    options?: LookOptions & { throughLinks?: boolean },
  ): Promise<ReadonlyMap<string, Digest | null>>;
  /** between two contents of a folder, by their sha256; undefined when one of them is not remembered */
  changesBetween(before: string, now: string): Promise<FileChanges | undefined>;
  keep(path: string, options?: LookOptions): Promise<Digest>;
  has(digest: Digest): Promise<boolean>;
  /** leaves what is right already */
  restore(path: string, digest: Digest, options?: LookOptions): Promise<void>;
  /** out of the way, to a place on the same disk */
  setAside(path: string, where: string): Promise<boolean>;
  remove(path: string): Promise<boolean>;
}

export interface StepCacheDeps {
  store: Store;
  clock: Clock;
  workspace: string;
  /** the user's own: crisol.lock is for whoever shares the folder */
  umask: number;
  files: WorkspaceFiles;
  /** what a step logged: the last value of each metric of its run */
  metricsOf(runId: string): Record<string, number> | Promise<Record<string, number>>;
  /** what the Python says that commands find; null where there is none */
  interpreter(): Promise<string | null>;
}

/** A result that was not used for so many days goes, unless it is among so many newest of a step that there is still. */
export interface KeepSettings {
  results: number;
  days: number;
}

/** All params of a run, with its overrides. */
export type RunParams = JsonObject;

/** Of an attempt that succeeded. */
export interface Attempt {
  runId: string;
  seconds: number;
}

/** Keeping large outs takes its time: how it is called off, and told. */
export interface Keeping {
  signal?: AbortSignal;
  tell?: (progress: Progress) => void;
}
