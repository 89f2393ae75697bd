import type { JsonObject } from '../../../schemas/language/json.ts';
import type { Plan } from '../../../schemas/language/model.ts';
import type { PipelineRun, StepRun } from '../../../schemas/wire/pipelines.ts';
import type { Seal, Store } from '../../store/index.ts';
import type { KeptStep } from '../engine/parts.ts';

/** What is to be done, whatever becomes of crisol.yaml meanwhile. */
export interface RunPlan extends Pick<Plan, 'steps' | 'frozen'> {
  /** all of them, with those that were given for this run */
  params: JsonObject;
  /** those */
  given: Record<string, string>;
}

export interface KeptRun {
  run: PipelineRun;
  steps: KeptStep[];
  plan: RunPlan;
  /** somebody asked for its end */
  cancelled: boolean;
}

type RunRow = { run_id: string; state: string; plan: string; seal: string; cancelled: 0 | 1 };
type StepRow = { state: string; begun: string | null; metrics: string };

/** Runs of pipelines: a row a run, and one a step. */
export class PipelineRepository {
  private readonly store: Store;
  private readonly seal: Seal;
  private readonly statements;

  constructor(store: Store, seal: Seal) {
    this.store = store;
    this.seal = seal;
    const { db } = store;
    this.statements = {
      insert: db.prepare<[string, number, number, string, string, string]>(
        'INSERT INTO pipeline_runs (run_id, started_at, running, state, plan, seal) VALUES (?, ?, ?, ?, ?, ?)',
      ),
      update: db.prepare<[number, string, string]>('UPDATE pipeline_runs SET running = ?, state = ? WHERE run_id = ?'),
      cancel: db.prepare<[string]>('UPDATE pipeline_runs SET cancelled = 1 WHERE run_id = ?'),
      step: db.prepare<[string, number, string, string | null, string]>(
        `INSERT INTO pipeline_steps (run_id, place, state, begun, metrics) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (run_id, place) DO UPDATE SET state = excluded.state, begun = excluded.begun, metrics = excluded.metrics`,
      ),
      newest: db.prepare<[number], RunRow>('SELECT * FROM pipeline_runs ORDER BY started_at DESC LIMIT ?'),
      unfinished: db.prepare<[], RunRow>('SELECT * FROM pipeline_runs WHERE running = 1 ORDER BY started_at'),
      byCause: db.prepare<[string], RunRow>("SELECT * FROM pipeline_runs WHERE json_extract(state, '$.cause.key') = ?"),
      byId: db.prepare<[string], RunRow>('SELECT * FROM pipeline_runs WHERE run_id = ?'),
      steps: db.prepare<[string], StepRow>(
        'SELECT state, begun, metrics FROM pipeline_steps WHERE run_id = ? ORDER BY place',
      ),
    };
  }

  async add({ run, steps, plan }: Omit<KeptRun, 'cancelled'>): Promise<void> {
    const text = JSON.stringify(plan);
    const row = [run.run_id, run.started_at, 1, withoutSteps(run), text, this.sealOf(run.run_id, text)] as const;
    await this.store.write(() => {
      this.statements.insert.run(...row);
      for (const step of steps) this.writeStep(run, step);
    });
  }

  async saveStep(run: PipelineRun, step: KeptStep): Promise<void> {
    await this.store.write(() => this.writeStep(run, step));
  }

  /** All of it but its steps. */
  async saveRun(run: PipelineRun): Promise<void> {
    await this.store.write(() => this.writeRun(run));
  }

  /** Its commands are not sealed by this. */
  async close(run: PipelineRun): Promise<void> {
    await this.store.write(() => {
      this.writeRun(run);
      for (const step of run.steps) this.writeStep(run, { run: step, metrics: {}, begun: null });
    });
  }

  async saveCancelled(runId: string): Promise<void> {
    await this.store.write(() => this.statements.cancel.run(runId));
  }

  list(limit: number): PipelineRun[] {
    return this.statements.newest.all(limit).map((row) => this.runOf(row));
  }

  /** Looks at each run: asked for only after a daemon's death. */
  startedBy(key: string): PipelineRun | undefined {
    const row = this.statements.byCause.get(key);
    return row && this.runOf(row);
  }

  find(runId: string): PipelineRun | undefined {
    const row = this.statements.byId.get(runId);
    return row && this.runOf(row);
  }

  /** With its plan, to be carried out once more; undefined when it is not known, or was not planned here. */
  planned(runId: string): KeptRun | undefined {
    const row = this.statements.byId.get(runId);
    return row && this.isSealed(row) ? this.keptOf(row) : undefined;
  }

  /** What may be gone on with: commands that this user's daemon kept here itself. */
  running(): KeptRun[] {
    const own = this.statements.unfinished.all().filter((row) => this.isSealed(row));
    return own.map((row) => this.keptOf(row));
  }

  /** The others, which nobody will carry out. */
  interrupted(): PipelineRun[] {
    const foreign = this.statements.unfinished.all().filter((row) => !this.isSealed(row));
    return foreign.map((row) => ({ ...this.runOf(row), run_id: row.run_id }));
  }

  private writeRun(run: PipelineRun): void {
    this.statements.update.run(run.ended_at === null ? 1 : 0, withoutSteps(run), run.run_id);
  }

  private writeStep({ run_id, steps }: PipelineRun, { run, begun, metrics }: KeptStep): void {
    const place = steps.findIndex(({ name }) => name === run.name);
    const written = [JSON.stringify(run), begun && JSON.stringify(begun), JSON.stringify(metrics)] as const;
    this.statements.step.run(run_id, place, ...written);
  }

  private runOf({ run_id, state }: RunRow): PipelineRun {
    const steps = this.statements.steps.all(run_id).map((row): StepRun => JSON.parse(row.state));
    return { ...JSON.parse(state), steps };
  }

  private keptOf(row: RunRow): KeptRun {
    const steps = this.statements.steps.all(row.run_id).map(({ state, begun, metrics }): KeptStep => {
      return { run: JSON.parse(state), begun: begun && JSON.parse(begun), metrics: JSON.parse(metrics) };
    });
    // one object a step: who changes it in one place changes it in both
    const run = { ...JSON.parse(row.state), steps: steps.map((step) => step.run) };
    return { run, steps, plan: JSON.parse(row.plan), cancelled: row.cancelled === 1 };
  }

  /** What an older version planned has another shape: it counts as interrupted. */
  private isSealed({ run_id, plan, seal }: RunRow): boolean {
    return seal === this.sealOf(run_id, plan) && !plan.startsWith('[');
  }

  private sealOf(runId: string, plan: string): string {
    return this.seal('pipeline', runId, plan);
  }
}

const withoutSteps = ({ steps: _, ...run }: PipelineRun): string => JSON.stringify(run);
