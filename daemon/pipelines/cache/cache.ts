import type { PlannedStep } from '../../../schemas/language/model.ts';
import type { Digest } from '../../../schemas/pipelines/digest.ts';
import type { KeyParts } from '../../../schemas/pipelines/key.ts';
import { entryOf } from '../../../schemas/pipelines/lock/of-parts.ts';
import type { Change } from '../../../schemas/pipelines/why.ts';
import { whatChanged } from '../../../schemas/pipelines/why.ts';
import { messageOf } from '../../base/errors.ts';
import type { LookOptions } from '../../files/index.ts';
import { causesOf, hash, inWords, keyOf } from './causes.ts';
import { GitIgnore } from './git-ignore.ts';
import { LockFile } from './lock-file.ts';
import { changesOfOuts, Outs } from './outs.ts';
import { PartsReader } from './parts.ts';
import type { Attempt, Keeping, KeepSettings, RunParams, StepCacheDeps } from './ports.ts';
import { Recorder } from './recorder.ts';
import { ResultRepository } from './repository.ts';
import type { KnownResult, Recorded, StepState } from './results.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Which steps need not run, and why the others do. docs/caching.md has its rules. */
export class StepCache {
  private readonly deps: StepCacheDeps;
  private readonly results: ResultRepository;
  private readonly parts: PartsReader;
  private readonly outs: Outs;
  private readonly lock: LockFile;
  private readonly gitIgnore: GitIgnore;
  private readonly recorder: Recorder;
  private tidying: Promise<unknown> = Promise.resolve();

  constructor(deps: StepCacheDeps) {
    this.deps = deps;
    this.results = new ResultRepository(deps.store);
    this.parts = new PartsReader(deps);
    this.outs = new Outs(deps);
    this.lock = new LockFile(deps.workspace, deps.umask);
    this.gitIgnore = new GitIgnore(deps.workspace, deps.umask);
    this.recorder = new Recorder({ deps, results: this.results, parts: this.parts, outs: this.outs, lock: this.lock });
  }

  /** Why crisol.lock is not written, and what to do; null when all is well. */
  get lockProblem(): string | null {
    return this.lock.problem;
  }

  /** What counts, as it is now. `params`: all of the run, with its overrides. Large data take their time: `options` call it off, and tell of it. */
  partsFor(step: PlannedStep, params: RunParams, options?: LookOptions): Promise<KeyParts> {
    return this.parts.partsFor(step, params, options);
  }

  /** The newest result of a step of that name. */
  last(stepName: string): KnownResult | undefined {
    return this.results.last(stepName);
  }

  /** What is to be done with the step; nothing is changed by it. */
  async state(step: PlannedStep, parts: KeyParts, options?: LookOptions): Promise<StepState> {
    const key = keyOf(parts);
    if (parts.outs.length === 0) return this.stateWithoutOuts(step, parts, key);
    const found = await this.outs.look(parts.outs, options);
    const isThere = (result: KnownResult) => changesOfOuts(result.outs, found).length === 0;
    const own = this.results.withKey(key);
    const there = own.find(isThere) ?? this.fromLock(step.name, parts, key).find(isThere);
    if (there) return { state: 'up to date', key, result: there, reason: 'nothing changed', changes: [] };
    const causes = await this.causes(step.name, parts, key);
    const known = [...own, ...this.fromLock(step.name, parts, key)];
    const [newest] = known;
    if (!newest) return { state: 'changed', key, result: undefined, reason: inWords(causes), changes: causes };
    const changes = causes.length > 0 ? causes : changesOfOuts(newest.outs, found);
    for (const result of known) {
      if (!(await this.outs.has(result.outs))) continue;
      return { state: 'restorable', key, result, reason: inWords(changes), changes };
    }
    const reason = `${inWords(changes)}, and the cache does not hold what it gave`;
    return { state: 'changed', key, result: undefined, reason, changes };
  }

  /**
   * The step's outs become those of `result`; also to be called when they are already, which costs little. What is in their
   * way and not in the cache goes to `aside`, a new folder of the workspace.
   */
  async restore(
    step: PlannedStep,
    parts: KeyParts,
    result: KnownResult,
    aside: string,
    options: LookOptions = {},
  ): Promise<void> {
    await this.outs.restore(result.outs, aside, options);
    if (result.no !== null) {
      await this.results.noteUse(step.name, result.no, this.deps.clock.now());
    } else {
      // only crisol.lock knew: from now on they can be brought back
      const outs = await this.outs.keep(parts.outs, { signal: options.signal });
      if ('kept' in outs && changesOfOuts(result.outs, outs.kept).length === 0) await this.results.save(result);
    }
    this.lock.note(step.name, entryOf(parts, result, hash));
  }

  /** Before it runs: its outs leave the way, and the folders that they lie in are made. */
  makeRoom(step: PlannedStep, aside: string, options?: LookOptions): Promise<void> {
    return this.outs.makeRoom(step.writes, aside, options);
  }

  /** Between two folds of a step: what the one has made is not the other's. */
  async clear(step: PlannedStep): Promise<void> {
    for (const path of step.writes) await this.deps.files.remove(path);
  }

  /** After failure, cancel or loss, and only after makeRoom: nothing half-written looks finished. */
  abandon(step: PlannedStep, aside: string): Promise<void> {
    return this.outs.setAside(step.writes, aside);
  }

  /** After success; see `Recorder`. */
  record(
    step: PlannedStep,
    parts: KeyParts,
    params: RunParams,
    attempt: Attempt,
    how: Keeping = {},
  ): Promise<Recorded> {
    return this.recorder.record(step, parts, params, attempt, how);
  }

  recordApart(
    step: PlannedStep,
    parts: KeyParts,
    attempt: Attempt & { at: string },
    how: Keeping = {},
  ): Promise<Recorded> {
    return this.recorder.recordApart(step, parts, attempt, how);
  }

  /** What is another than before, in words; null when nothing is. */
  async changesBetween(before: KeyParts, now: KeyParts): Promise<string | null> {
    return keyOf(before) === keyOf(now) ? null : inWords(whatChanged(before, now));
  }

  /** All results with this key, the newest first. */
  known(parts: KeyParts): KnownResult[] {
    return this.results.withKey(keyOf(parts));
  }

  /** Writes crisol.lock if something in it is new. `isStep`: what it says of others is left out. */
  writeLock(isStep?: (name: string) => boolean): Promise<void> {
    return this.lock.write(isStep);
  }

  /**
   * Before a run, with all steps that there are: git ignores what they write before it is there (rule C9), so that a step that reads the
   * whole workspace sees the same .gitignore before and after. Answers why it could not be written, in words; a run does not fail by that.
   */
  ignoreOuts(steps: readonly PlannedStep[]): Promise<string | null> {
    // an expression that waits for results is no path yet
    const outs = steps.flatMap(({ writes }) => writes).filter((path) => !path.includes('${{'));
    return this.tidyNext('.gitignore', () => this.gitIgnore.update(outs));
  }

  /** At the end of a run, with all steps that there are: crisol.lock follows crisol.yaml. Answers as `ignoreOuts` does. */
  async tidy(steps: readonly PlannedStep[]): Promise<string | null> {
    const names = new Set(steps.map(({ name }) => name));
    const problem = await this.tidyNext('crisol.lock', () => this.writeLock((name) => names.has(name)));
    return problem ?? this.lockProblem;
  }

  /**
   * Forgets results that nobody will ask for (rule C10). `sweep` is told what the others need, and removes the rest; with `dryRun`
   * it only counts, and nothing is forgotten. `steps`: all that there are; null while crisol.yaml cannot be read, when none counts as gone.
   */
  async collect<Swept>(
    { keep, steps, dryRun = false }: { keep: KeepSettings; steps: readonly PlannedStep[] | null; dryRun?: boolean },
    sweep: (needed: readonly Digest[]) => Promise<Swept>,
  ): Promise<{ results: number; swept: Swept }> {
    const before = this.deps.clock.now() - keep.days * DAY_MS;
    const spare = this.results.spareResults({
      most: keep.results,
      before,
      steps: steps?.map(({ name }) => name) ?? null,
    });
    const needed = this.results.outsWithout(spare).flatMap(({ digest }) => digest ?? []);
    if (!dryRun) await this.results.forget(spare);
    return { results: spare.length, swept: await sweep(needed) };
  }

  /** Of several runs one after the other. */
  private tidyNext(file: string, write: () => Promise<unknown>): Promise<string | null> {
    const next = this.tidying.then(write).then(
      () => null,
      (thrown) => `${file} could not be written: ${messageOf(thrown)}`,
    );
    this.tidying = next;
    return next;
  }

  /** Rule C6. */
  private async stateWithoutOuts(step: PlannedStep, parts: KeyParts, key: string): Promise<StepState> {
    if (parts.deps.length === 0) {
      const reason = 'it has neither deps nor outs, so that it runs each time';
      return { state: 'changed', key, result: undefined, reason, changes: [] };
    }
    const last = this.last(step.name) ?? this.fromLock(step.name, parts, key)[0];
    if (last?.key === key) return { state: 'up to date', key, result: last, reason: 'nothing changed', changes: [] };
    const changes = await this.causes(step.name, parts, key);
    return { state: 'changed', key, result: undefined, reason: inWords(changes), changes };
  }

  /** Nothing when the last result has this key. */
  private async causes(name: string, parts: KeyParts, key: string): Promise<Change[]> {
    const last = this.last(name);
    const locked = this.lock.find(name);
    if (last?.key === key || (!last && locked.some((entry) => entry.key === key))) return [];
    return causesOf(parts, { last, locked }, this.deps.files);
  }

  private fromLock(step: string, parts: KeyParts, key: string): KnownResult[] {
    // whoever has the same key has the same parts
    const entries = this.lock.find(step).filter((entry) => entry.key === key);
    return entries.map(({ written, metrics }): KnownResult => {
      const outs = written;
      return { no: null, key, step, runId: '', recordedAt: this.deps.clock.now(), seconds: null, parts, outs, metrics };
    });
  }
}
