import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '../../../schemas/language/json.ts';
import type { PlannedStep } from '../../../schemas/language/model.ts';
import type { FilesProgress } from '../../../schemas/pipelines/files-progress.ts';
import { filesProgressText } from '../../../schemas/pipelines/files-progress.ts';
import type { StepRun } from '../../../schemas/wire/pipelines.ts';
import { pathWithin } from '../../base/path-within.ts';
import type { LookOptions } from '../../files/index.ts';
import type { StepCache } from '../cache/index.ts';
import type { EngineParts } from '../engine/parts.ts';
import type { PipelineDeps } from '../ports.ts';
import type { RunPlan } from '../runs/repository.ts';
import { TrialClaims } from './claims.ts';
import { groundOf } from './ground.ts';
import { removeMirror } from './mirror.ts';
import type { NeedsRunner } from './needs.ts';
import { runNeeds } from './needs.ts';
import { withValues } from './params-files.ts';
import { patientTracking } from './patient-tracking.ts';
import type { Ground, GroundRequest, Opening, TrialHandle, TrialRequest, TrialTracking, TriedSweep } from './ports.ts';
import type { KeptTrial } from './repository.ts';
import { TrialRepository } from './repository.ts';
import type { Snapshot } from './snapshot.ts';
import { baseOf, takeSnapshot } from './snapshot.ts';
import { Spares } from './spares.ts';
import { RunningTrial } from './trial.ts';
import { TrialCache } from './trial-cache.ts';
import { planWith, settleTried } from './tried-step.ts';

const LOOKING = 'the files of its step, which are looked at';

export interface TrialsParts {
  deps: PipelineDeps;
  engine: EngineParts;
  cache: StepCache;
  pipelines: NeedsRunner;
}

/** A sweep whose trials may begin. */
interface OpenSweep extends TriedSweep {
  runId: string;
  startedAt: number;
  snapshot: Snapshot;
  spares: Spares;
}

/** Carries out a step again and again, each time with other params. Which ones, somebody else decides. */
export class Trials {
  private readonly parts: TrialsParts;
  private readonly repository: TrialRepository;
  private readonly tracking: TrialTracking;
  private readonly sweeps = new Map<string, OpenSweep>();
  /** those that are under way */
  private readonly opened = new Set<string>();
  private readonly running = new Map<string, RunningTrial>();
  private readonly claims: TrialClaims;

  constructor(parts: TrialsParts) {
    this.parts = parts;
    this.repository = new TrialRepository(parts.deps.store);
    this.tracking = patientTracking(parts.deps);
    this.claims = new TrialClaims(this.repository, parts.engine);
  }

  /** What a sweep is made of from now on. Throws where the step cannot be tried. */
  ground(request: GroundRequest): Ground {
    return groundOf(this.parts.deps.project, request);
  }

  /**
   * Before the first trial, also after our predecessor's death: the run of the sweep, what the step needs, and the files that it reads as they
   * are then. Throws in words, and tells what it is about.
   */
  async open(sweep: TriedSweep, { signal, tell }: Opening): Promise<{ runId: string }> {
    const known = this.repository.sweep(sweep.id);
    this.opened.add(sweep.id);
    // before anything is waited for: what our predecessor left begins in the same moment
    if (known) this.claims.take(sweep, known.runId);
    else await this.forgetOlder();
    const runId = known?.runId ?? (await this.begin(sweep));
    if (known) await this.tracking.reopen(runId);
    tell('what its step needs');
    await runNeeds(this.parts.pipelines, sweep, signal);
    signal.throwIfAborted();
    tell(LOOKING);
    const progress = (now: FilesProgress) => tell(`${LOOKING} (${filesProgressText(now)})`);
    const snapshot = await this.snapshotOf(sweep, known?.snapshot ?? null, { signal, progress });
    await this.repository.saveSweep(sweep.id, runId, snapshot);
    this.sweeps.set(sweep.id, {
      ...sweep,
      runId,
      startedAt: this.parts.engine.clock.now(),
      snapshot,
      spares: new Spares(),
    });
    return { runId };
  }

  /** One that was begun under this id before is found again. */
  async start(request: TrialRequest): Promise<TrialHandle> {
    const running = this.running.get(request.id);
    if (running) return running;
    const sweep = this.sweeps.get(request.sweepId);
    if (!sweep) throw new Error(`the sweep ${request.sweepId} is not open`);
    const kept = this.repository.trial(request.id);
    if (kept?.outcome) return overAlready(kept.runId, kept.outcome);
    const plan = planWith(sweep.ground, request.params);
    const step = await this.settle(sweep.ground, plan);
    const trial = new RunningTrial(kept ?? (await this.beginTrial(sweep, request, step)), {
      ...this.partsOf(sweep, request),
      cache: await this.cacheFor(sweep, request),
      step,
      plan,
      claim: this.claims.of(sweep.id, request.id),
    });
    this.running.set(request.id, trial);
    void trial.ended.finally(() => this.running.delete(request.id));
    return trial;
  }

  /** After its last trial. What is needed to go on with it stays unless nobody will. */
  async close(id: string, state: 'succeeded' | 'failed' | 'cancelled', metrics: Record<string, number>): Promise<void> {
    const runId = this.repository.sweep(id)?.runId;
    this.sweeps.delete(id);
    this.opened.delete(id);
    this.claims.giveBack(id);
    if (runId === undefined) return;
    await this.tracking.log(runId, metrics);
    await this.tracking.finishWhole(runId, state);
    // what lies about costs room, and is no reason for a sweep never to end
    await this.removeFolders(id, { butBase: state !== 'succeeded' }).catch((failure: unknown) => {
      this.parts.deps.logger.warn({ err: failure, sweep: id }, 'what trials made could not all be removed');
    });
    await this.repository.forgetTrials(id);
  }

  /** It was under way elsewhere, and nobody goes on with it. */
  async giveUp(id: string): Promise<void> {
    const runId = this.repository.sweep(id)?.runId;
    // tracking may not know it: a store that came with a folder may hold anything
    if (runId !== undefined) await this.parts.deps.trials.finishWhole(runId, 'failed').catch(() => {});
  }

  private async removeFolders(id: string, { butBase }: { butBase: boolean }): Promise<void> {
    const folder = this.folderOf(id);
    if (!butBase) return removeMirror(folder);
    const names = await readdir(folder).catch(() => []);
    for (const name of names) if (join(folder, name) !== baseOf(folder)) await removeMirror(join(folder, name));
  }

  /** Files of those that ended before their time: whoever goes on with one of them takes them anew, if they are as they were. */
  private async forgetOlder(): Promise<void> {
    for (const id of this.repository.sweepIds()) if (!this.opened.has(id)) await removeMirror(this.folderOf(id));
  }

  private async begin({ id, name, ground }: TriedSweep): Promise<string> {
    const { pipeline, step } = ground;
    const runId = await this.tracking.startSweep({ pipeline, name, step });
    await this.repository.saveSweep(id, runId, null);
    return runId;
  }

  private async snapshotOf(
    { id, ground }: TriedSweep,
    earlier: Snapshot | null,
    options: LookOptions,
  ): Promise<Snapshot> {
    const { workspace, umask } = this.parts.deps;
    const settled = await this.settle(ground, ground.plan);
    const { params } = ground.plan;
    const asked = { step: settled, params, paramsFiles: ground.paramsFiles };
    const base = baseOf(this.folderOf(id));
    return takeSnapshot({ workspace, umask, cache: this.parts.cache }, asked, base, earlier, options);
  }

  private async beginTrial(sweep: OpenSweep, request: TrialRequest, step: PlannedStep): Promise<KeptTrial> {
    const kept: KeptTrial = {
      runId: await this.newRun(sweep, request),
      run: pending(step),
      begun: null,
      outcome: null,
    };
    await this.repository.saveTrial(request.id, sweep.id, kept);
    return kept;
  }

  private newRun({ name, ground, runId }: OpenSweep, { number, params }: TrialRequest): Promise<string> {
    const { pipeline, step } = ground;
    return this.tracking.startTrial({ pipeline, parent: runId, sweep: name, step, number, params });
  }

  private partsOf(sweep: OpenSweep, request: TrialRequest) {
    const { engine, deps } = this.parts;
    const { id, name, runId, startedAt, ground, spares } = sweep;
    const folder = this.placeOf(request);
    return {
      engine,
      tracking: this.tracking,
      sweep: { run_id: runId, pipeline: ground.pipeline, name, started_at: startedAt },
      folder,
      inWorkspace: pathWithin(deps.workspace, folder),
      spares,
      variables: { CRISOL_SWEEP: name, CRISOL_TRIAL: String(request.number) },
      metric: request.metric,
      save: (kept: KeptTrial) => this.repository.saveTrial(request.id, id, kept),
      newRun: () => this.newRun(sweep, request),
    };
  }

  private async cacheFor({ id, snapshot, ground, spares }: OpenSweep, request: TrialRequest): Promise<TrialCache> {
    const { cache, deps } = this.parts;
    const { workspace, umask, files } = deps;
    const base = baseOf(this.folderOf(id));
    const place = { workspace, umask, base, folder: this.placeOf(request), spares };
    const paramsFiles = await paramsFilesOf(base, ground.paramsFiles, request.params);
    return new TrialCache({ cache, files, snapshot, place, metric: request.metric, paramsFiles });
  }

  private settle(ground: Ground, plan: RunPlan): Promise<PlannedStep> {
    const { cache, engine } = this.parts;
    return settleTried(ground, plan, { cache, settler: engine.settler });
  }

  private folderOf(sweepId: string): string {
    return join(this.parts.deps.state.file('runs'), sweepId);
  }

  private placeOf({ sweepId, number }: TrialRequest): string {
    return join(this.folderOf(sweepId), String(number));
  }
}

async function paramsFilesOf(base: string, paths: readonly string[], params: JsonObject): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const path of paths) {
    const text = withValues(path, await readFile(join(base, path), 'utf8'), params);
    if (text !== null) files.set(path, text);
  }
  return files;
}

function pending({ name, of, needs }: PlannedStep): StepRun {
  return { name, of, needs, state: 'pending', cached: false, reason: '', started_at: null, seconds: null };
}

function overAlready(runId: string, outcome: Awaited<TrialHandle['ended']>): TrialHandle {
  return { runId, ended: Promise.resolve(outcome), stop() {}, prune() {}, onPoint: () => ({ dispose() {} }) };
}
