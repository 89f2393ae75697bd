import type { KnownResult, Recorded, StepState } from '../../../../daemon/pipelines/cache/index.ts';
import { Engine } from '../../../../daemon/pipelines/engine/engine.ts';
import { Leases } from '../../../../daemon/pipelines/engine/leases.ts';
import type { EngineCache, EngineParts, KeptStep } from '../../../../daemon/pipelines/engine/parts.ts';
import { Pool } from '../../../../daemon/pipelines/engine/pool.ts';
import type {
  Capacity,
  StepExecutor,
  StepExit,
  StepHandle,
  StepTask,
} from '../../../../daemon/pipelines/executors/port.ts';
import { Settler } from '../../../../daemon/pipelines/planning/settler.ts';
import type { KeptRun } from '../../../../daemon/pipelines/runs/repository.ts';
import type { PlannedStep } from '../../../../schemas/language/model.ts';
import { parsePipelineFile } from '../../../../schemas/language/parse.ts';
import { planOf } from '../../../../schemas/language/plan/plan.ts';
import type { KeyParts } from '../../../../schemas/pipelines/key.ts';
import type { PipelineRun } from '../../../../schemas/wire/pipelines.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

/** What a step waits for is said a turn later. */
const flush = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

/** A step that runs until the test says how it ends. */
export class Attempt implements StepHandle {
  readonly task: StepTask;
  readonly started = Promise.resolve();
  readonly exit: Promise<StepExit>;
  cancelled = false;
  ended = false;
  private readonly resolve: (exit: StepExit) => void;

  constructor(task: StepTask) {
    this.task = task;
    const { promise, resolve } = Promise.withResolvers<StepExit>();
    this.exit = promise;
    this.resolve = resolve;
  }

  end(exit: Partial<StepExit> = {}): Promise<void> {
    this.ended = true;
    this.resolve({ code: 0, how: 'exited', ...exit });
    return flush();
  }

  fail(code = 1): Promise<void> {
    return this.end({ code });
  }

  cancel(): void {
    this.cancelled = true;
    void this.end({ code: null, how: 'cancelled' });
  }

  log = async () => ({ bytes: Buffer.from('its last words'), nextOffset: 0, size: 14, ended: true });
  onLog = () => ({ dispose() {} });
  usage = () => undefined;
}

/** The engine over doubles of its neighbours: nothing runs, and the test decides what each step comes to. */
export class Workshop {
  readonly clock = new VirtualClock();
  readonly attempts: Attempt[] = [];
  /** results that the cache finds, by the names of steps */
  readonly known = new Map<string, Record<string, number>>();
  readonly logged = new Map<string, Record<string, number>>();
  readonly recordings = new Map<string, Recorded>();
  readonly abandoned: string[] = [];
  readonly means: string[] = [];
  readonly cleared: string[] = [];
  readonly repeated: Record<string, number>[] = [];
  readonly kept: string[] = [];
  readonly problems: unknown[] = [];
  private readonly engine: Engine;
  private readonly capacity: Capacity;
  private runs = 0;
  private children = 1;

  constructor({ cpus = 4 } = {}) {
    this.capacity = { cpus, memoryBytes: 2 ** 33, gpus: 0 };
    this.engine = new Engine(this.parts(), () => {});
  }

  /** The names of what runs just now. */
  get running(): string[] {
    return this.attempts.filter(({ ended }) => !ended).map(({ task }) => task.step);
  }

  attempt(step: string): Attempt {
    const found = this.attempts.findLast(({ task }) => task.step === step);
    if (!found) throw new Error(`${step} was never started; it is ${this.attempts.map(({ task }) => task.step)}`);
    return found;
  }

  async start(yaml: string, said: Partial<PipelineRun> = {}): Promise<KeptRun> {
    const { model } = parsePipelineFile(`version: 1\n${yaml}`);
    const { steps, frozen } = planOf(model);
    const kept = this.keptRun({ steps, frozen, params: {}, given: {} }, said);
    return this.goOn(kept);
  }

  /** Carries it out, from wherever it is. */
  async goOn(kept: KeptRun): Promise<KeptRun> {
    this.engine.carryOut(kept);
    await flush();
    return kept;
  }

  cancel({ run }: KeptRun, step?: string): Promise<void> {
    const running = this.engine.running(run.run_id);
    if (step === undefined) running?.cancel();
    else running?.cancelStep(step);
    return flush();
  }

  async wait(ms: number): Promise<void> {
    await this.clock.advance(ms);
    await flush();
  }

  private keptRun(plan: KeptRun['plan'], said: Partial<PipelineRun>): KeptRun {
    const steps = plan.steps.map(({ name, needs }): KeptStep => {
      const run = {
        name,
        needs,
        state: 'pending',
        cached: false,
        reason: '',
        started_at: null,
        seconds: null,
      } as const;
      return { run: { ...run }, metrics: {}, begun: null };
    });
    const run: PipelineRun = {
      run_id: `run${this.runs++}`,
      pipeline: 'demo',
      name: 'quiet-fox',
      state: 'running',
      started_at: 0,
      ended_at: null,
      ...said,
      steps: steps.map((step) => step.run),
    };
    return { run, steps, plan, cancelled: false };
  }

  private parts(): EngineParts {
    return {
      executor: this.executor(),
      cache: this.cache(),
      runCache: { last: () => undefined, ignoreOuts: async () => null, tidy: async () => null },
      leases: new Leases(),
      pool: new Pool(this.capacity),
      clock: this.clock,
      logger: { info() {}, warn() {}, error: (fields: object) => void this.problems.push(fields) },
      tracking: {
        startStep: async (run, step) => `${run.run_id}/${step.name}/${this.children++}`,
        finish: async () => {},
        metricsOf: (id) => [...this.logged].find(([name]) => id.includes(`/${name}/`))?.[1] ?? {},
        repeat: async (_run, _step, { metrics }) => void this.repeated.push(metrics),
        settle: async () => {},
      },
      logWritten: async () => ({ names: new Set(), note: undefined }),
      asideOf: (run, step) => `aside/${run.run_id}/${step.name}`,
      folds: {
        divide: async ({ folds }) => folds?.k ?? 0,
        clear: async () => {},
        of: async () => [],
        startRun: async ({ parent, number }) => `${parent}/fold-${number}`,
        facts: (_parent, number, of) => ({ variables: { CRISOL_FOLD: `${number} of ${of}` }, files: {} }),
        log: async (_parent, points) =>
          void this.means.push(...points.map(({ key, value, step }) => `${key} ${value} at ${step}`)),
      },
      settler: new Settler({ surroundings: () => ({}), hashFiles: async (patterns) => patterns.join() }),
      paramsNow: ({ params }) => params,
      taskFor: (_run, step, { childId }) => taskOf(step, childId),
      keep: async (_run, step) => void this.kept.push(step ? `${step.run.name} ${step.run.state}` : 'run'),
      tell() {},
      ending: async () => {},
    };
  }

  private executor(): StepExecutor {
    return {
      capacity: this.capacity,
      start: (task) => {
        const attempt = new Attempt(task);
        this.attempts.push(attempt);
        return attempt;
      },
      limitLogs: async () => ({ files: 0, bytes: 0 }),
      adopt: async (id) => this.attempts.find(({ task }) => task.id === id),
      async dispose() {},
    };
  }

  private cache(): EngineCache {
    const resultOf = (step: PlannedStep): KnownResult | undefined => {
      const metrics = this.known.get(step.name);
      return metrics && { ...NO_RESULT, step: step.name, metrics };
    };
    return {
      partsFor: async () => NO_PARTS,
      state: async (step): Promise<StepState> => {
        const result = resultOf(step);
        const state = result ? 'up to date' : 'changed';
        return { state, key: 'key', result, reason: result ? 'nothing changed' : 'it never ran', changes: [] };
      },
      restore: async () => {},
      makeRoom: async () => {},
      clear: async (step) => void this.cleared.push(step.name),
      record: async (step) => this.recordings.get(step.name) ?? { kind: 'kept', result: { ...NO_RESULT } },
      abandon: async (step) => void this.abandoned.push(step.name),
    };
  }
}

function taskOf({ name, timeoutMs, resources }: PlannedStep, id: string): StepTask {
  const work = { kind: 'script', script: '' } as const;
  const [paths, told] = [
    { folder: '.', reads: [], writes: [] },
    { variables: {}, files: {}, gpus: [], debuggerPort: null },
  ];
  return { id, step: name, work, ...paths, ...told, timeoutMs, graceMs: 0, resources };
}

const NO_PARTS: KeyParts = {
  work: { kind: 'run', command: '' },
  builtIn: null,
  deps: [],
  params: {},
  outs: [],
  env: {},
  interpreter: null,
  lockFiles: {},
};

const NO_RESULT: KnownResult = {
  no: 1,
  key: 'key',
  step: '',
  runId: 'earlier',
  recordedAt: 0,
  seconds: 1,
  parts: NO_PARTS,
  outs: [],
  metrics: {},
};

/** `{name: state}` of all steps. */
export const statesOf = ({ run }: KeptRun): Record<string, string> =>
  Object.fromEntries(run.steps.map(({ name, state }) => [name, state]));

export const reasonOf = ({ run }: KeptRun, step: string): string | undefined =>
  run.steps.find(({ name }) => name === step)?.reason;
