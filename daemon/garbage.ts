/** Removing for good: what was deleted in tracking goes together with its artifacts, unless a registered model needs them. */
import { pathOfArtifactUri } from '../schemas/artifact-uri.ts';
import type { GcItem, GcReport, GcRequest } from '../schemas/wire/gc.ts';
import type { Artifacts, Usage } from './artifacts/index.ts';
import type { Clock } from './base/clock.ts';
import { artifactPath } from './http/mlflow/artifact-paths.ts';
import type { KeepSettings } from './pipelines/index.ts';
import type { Registry, VersionOrigin } from './registry/index.ts';
import type { Deleted, Tracking } from './tracking/index.ts';

export interface GarbageParts {
  tracking: Pick<Tracking, 'removal'>;
  artifacts: Artifacts;
  registry: Pick<Registry, 'origins'>;
  /** those of steps, and their outs in the cache */
  results: {
    collect(options: { keep: KeepSettings; dryRun: boolean }): Promise<{ results: number } & Usage>;
    /** of what they printed */
    limitLogs(options: { megabytes?: number; dryRun: boolean }): Promise<Usage>;
  };
  clock: Clock;
}

/** Of results of steps, unless the request says otherwise. */
const KEEP: KeepSettings = { results: 10, days: 30 };
/** So many are named; all are counted. */
const SHOWN = 1000;
/** Ids of a store that somebody else wrote may mean a folder that is not theirs alone. */
const OWN_NAME = /^(?!(?:\.+|models)$)[^/\\%]+$/;

export class Garbage {
  private readonly parts: GarbageParts;
  private last: Promise<unknown> = Promise.resolve();

  constructor(parts: GarbageParts) {
    this.parts = parts;
  }

  /** One at a time: nobody counts what another is removing. */
  collect(request: GcRequest): Promise<GcReport> {
    const next = this.last.then(() => this.collectNow(request));
    this.last = next.catch(() => {});
    return next;
  }

  private async collectNow(request: GcRequest): Promise<GcReport> {
    const { dry_run = false, older_than_ms = 0 } = request;
    const { tracking, artifacts, clock } = this.parts;
    const before = clock.now() - older_than_ms;
    const deleted = tracking.removal.deleted(before);
    const isKept = this.keeping(deleted);
    const doomed = deleted.filter((one) => !isKept(one));
    // while there is something to measure
    const items = new Map(doomed.slice(0, SHOWN).map((one) => [one.id, this.item(one)]));
    const kept = deleted
      .filter(isKept)
      .slice(0, SHOWN)
      .map((one) => this.item(one));
    const gone = dry_run ? doomed : await this.remove(doomed, before);
    const keep = { results: request.keep_results ?? KEEP.results, days: request.keep_days ?? KEEP.days };
    const { results, ...outs } = await this.parts.results.collect({ keep, dryRun: dry_run });
    const logs = await this.parts.results.limitLogs({ megabytes: request.keep_log_megabytes, dryRun: dry_run });
    const freed = dry_run
      ? both(artifacts.freedBy(foldersOf(doomed)), await artifacts.collect({ dryRun: true }))
      : await artifacts.collect({ dryRun: false });
    return {
      dry_run,
      ...counts(gone),
      results,
      logs: logs.files,
      items: gone.flatMap(({ id }) => items.get(id) ?? []),
      kept,
      freed: both(both(freed, outs), logs),
    };
  }

  private remove(doomed: readonly Deleted[], before: number): Promise<Deleted[]> {
    const { tracking, artifacts } = this.parts;
    const ids = new Set(doomed.map(({ id }) => id));
    return tracking.removal.remove(before, {
      choose: ({ id }) => ids.has(id),
      along: (one) => {
        const folder = folderOf(one);
        if (folder !== undefined) artifacts.forget(folder);
      },
    });
  }

  /** An experiment in which something is needed stays whole. */
  private keeping(deleted: readonly Deleted[]): (one: Deleted) => boolean {
    const versions = this.parts.registry.origins();
    const needed = new Set(deleted.filter((one) => versions.some((version) => isOf(version, one))));
    const needing = new Set([...needed].map(({ experiment_id }) => experiment_id));
    const whole = new Set(deleted.flatMap(({ kind, id }) => (kind === 'experiments' && needing.has(id) ? [id] : [])));
    return (one) => whole.has(one.experiment_id) || needed.has(one);
  }

  private item(one: Deleted): GcItem {
    const folder = folderOf(one);
    const usage = this.parts.artifacts.usage(folder === undefined ? [] : [folder]);
    return { kind: one.kind, id: one.id, name: one.name, ...usage };
  }
}

/** The files of a registered version are not always our own copy: they may be those of a run or of a logged model. */
function isOf({ location, run_id, model_id }: VersionOrigin, one: Deleted): boolean {
  const folder = folderOf(one);
  if (location === null) return false;
  if (one.kind === 'models' && model_id === one.id) return true;
  if (one.run_id !== '' && run_id === one.run_id && (one.kind === 'runs' || location.startsWith('runs:'))) return true;
  return folder !== undefined && `${pathIn(location) ?? ''}/`.startsWith(`${folder}/`);
}

function counts(gone: readonly Deleted[]) {
  const count = (wanted: Deleted['kind']) => gone.filter(({ kind }) => kind === wanted).length;
  return { runs: count('runs'), models: count('models'), experiments: count('experiments') };
}

/** Each file below one of them only: what lies in the folder of an experiment that goes is not named again. */
function foldersOf(doomed: readonly Deleted[]): string[] {
  const experiments = new Set(doomed.flatMap((one) => (one.kind === 'experiments' ? (folderOf(one) ?? []) : [])));
  const apart = doomed.filter((one) => one.kind === 'experiments' || !experiments.has(ownFolder(one) ?? ''));
  return apart.flatMap((one) => folderOf(one) ?? []);
}

/** Where its artifacts lie among ours; undefined when they are kept elsewhere, or together with others'. */
function folderOf(one: Deleted): string | undefined {
  if (one.kind === 'experiments') return one.artifact_location === null ? one.id : undefined;
  const base = ownFolder(one);
  return base === undefined || !OWN_NAME.test(one.id)
    ? undefined
    : pathIn(`${base}/${one.kind === 'models' ? 'models/' : ''}${one.id}`);
}

/** The folder of its experiment. */
function ownFolder({ artifact_location, experiment_id }: Deleted): string | undefined {
  return artifact_location === null ? experiment_id : pathOfArtifactUri(artifact_location);
}

/** As uploads find it; undefined for what is no path among ours. */
function pathIn(path: string): string | undefined {
  try {
    return artifactPath((pathOfArtifactUri(path) ?? path).replace(/^\/+/, ''));
  } catch {
    return undefined;
  }
}

function both(one: Usage, other: Usage): Usage {
  return { files: one.files + other.files, bytes: one.bytes + other.bytes };
}
