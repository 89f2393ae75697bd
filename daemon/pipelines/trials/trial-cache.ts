import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlannedStep } from '../../../schemas/language/model.ts';
import type { KeyParts } from '../../../schemas/pipelines/key.ts';
import { inOrder } from '../../../schemas/pipelines/key.ts';
import { namedParams } from '../../../schemas/pipelines/named-params.ts';
import { pathWithin } from '../../base/path-within.ts';
import type { LookOptions } from '../../files/index.ts';
import type { StepCache } from '../cache/index.ts';
import type { Attempt, Keeping, RunParams, WorkspaceFiles } from '../cache/ports.ts';
import type { Recorded, StepState } from '../cache/results.ts';
import type { EngineCache } from '../engine/parts.ts';
import { mirror, removeMirror } from './mirror.ts';
import type { Snapshot } from './snapshot.ts';
import { linkedDeps } from './snapshot.ts';
import type { Spares } from './spares.ts';

export interface TrialPlace {
  workspace: string;
  umask: number;
  /** the workspace as it was when the sweep began */
  base: string;
  /** where this trial works */
  folder: string;
  spares: Spares;
}

interface TrialCacheParts {
  cache: StepCache;
  files: Pick<WorkspaceFiles, 'digest'>;
  snapshot: Snapshot;
  place: TrialPlace;
  /** without which a result says nothing to the sweep */
  metric: string;
  /** files of params, as this trial finds them */
  paramsFiles: ReadonlyMap<string, string>;
}

/** What the engine asks of the cache, for a step that works in a folder of its own and reads what there was when its sweep began. */
export class TrialCache implements EngineCache {
  private readonly parts: TrialCacheParts;

  constructor(parts: TrialCacheParts) {
    this.parts = parts;
  }

  /** The same as of the step in the workspace with these params: what a trial has made is found by a run, and the reverse. */
  async partsFor(step: PlannedStep, params: RunParams, options?: LookOptions): Promise<KeyParts> {
    const { key } = this.parts.snapshot;
    const known = new Map(key.deps.map(({ path, digest }) => [path, digest]));
    // a path that depends on params
    const others = step.reads.filter((path) => !known.has(path));
    const found = others.length > 0 ? await this.parts.files.digest(others, { throughLinks: true, ...options }) : known;
    const deps = step.reads.map((path) => ({ path, digest: known.get(path) ?? found.get(path) ?? null }));
    return {
      ...key,
      work: step.work,
      ...(step.folds && { folds: { ...step.folds } }),
      deps: inOrder(deps),
      params: namedParams(step.params, params),
      outs: [...new Set(step.writes)].sort(),
      env: step.env,
    };
  }

  async state(_step: PlannedStep, parts: KeyParts): Promise<StepState> {
    const { cache, metric } = this.parts;
    const isOpen = parts.deps.length === 0 && parts.outs.length === 0;
    const result = isOpen ? undefined : cache.known(parts).find(({ metrics }) => metric in metrics);
    if (!result) return { state: 'changed', key: '', result: undefined, reason: 'it was not tried yet', changes: [] };
    return { state: 'up to date', key: result.key, result, reason: 'it was tried before', changes: [] };
  }

  /** Its outs stay where they are kept. */
  async restore(): Promise<void> {}

  async makeRoom(step: PlannedStep): Promise<void> {
    const { place, paramsFiles } = this.parts;
    const { folder, base, umask, spares } = place;
    await spares.handOnTo(folder);
    const own = [...step.writes, ...paramsFiles.keys()];
    await mirror(base, folder, new Map(own.map((path) => [path, 'nothing'] as const)), umask);
    for (const [path, text] of paramsFiles) await writeFile(join(folder, path), text, { mode: 0o666 & ~umask });
  }

  async clear(step: PlannedStep): Promise<void> {
    for (const path of step.writes) await removeMirror(join(this.parts.place.folder, path));
  }

  async record(
    step: PlannedStep,
    parts: KeyParts,
    _params: RunParams,
    attempt: Attempt,
    how: Keeping,
  ): Promise<Recorded> {
    const { cache, place } = this.parts;
    const changed = await this.whatChanged(how);
    if (changed !== null) return { kind: 'outs missing', paths: [], reason: changed };
    const at = pathWithin(place.workspace, place.folder);
    return cache.recordApart(step, parts, { at, ...attempt }, how);
  }

  /** It lies in the trial's own folder, which goes. */
  async abandon(): Promise<void> {}

  /** What was too large to be copied must not be another than it was. */
  private async whatChanged({ signal }: Keeping): Promise<string | null> {
    const linked = linkedDeps(this.parts.snapshot);
    if (linked.length === 0) return null;
    const { key } = this.parts.snapshot;
    const paths = linked.map(({ path }) => path);
    const found = await this.parts.files.digest(paths, { throughLinks: true, signal });
    const deps = key.deps.map((dep) => ({ ...dep, digest: found.get(dep.path) ?? dep.digest }));
    const words = await this.parts.cache.changesBetween(key, { ...key, deps });
    return words && `this changed since the sweep began: ${words}`;
  }
}
