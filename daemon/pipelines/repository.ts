import type { PlannedStep } from '../../schemas/language/model.ts';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import type { Seal, Store } from '../store/index.ts';

export interface KeptRun {
  run: PipelineRun;
  plan: PlannedStep[];
}

type Row = { run_id: string; state: string; plan: string; seal: string };

export class PipelineRepository {
  private readonly store: Store;
  private readonly seal: Seal;
  private readonly upsert;
  private readonly newest;
  private readonly unfinished;
  private readonly closing;
  private readonly byId;
  private readonly byCause;

  constructor(store: Store, seal: Seal) {
    this.store = store;
    this.seal = seal;
    this.upsert = store.db.prepare<[string, number, number, string, string, string]>(
      `INSERT INTO pipeline_runs (run_id, started_at, running, state, plan, seal) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (run_id) DO UPDATE SET running = excluded.running, state = excluded.state`,
    );
    this.newest = store.db
      .prepare<[number], string>('SELECT state FROM pipeline_runs ORDER BY started_at DESC LIMIT ?')
      .pluck();
    this.unfinished = store.db.prepare<[], Row>(
      'SELECT run_id, state, plan, seal FROM pipeline_runs WHERE running = 1 ORDER BY started_at',
    );
    this.closing = store.db.prepare<[string, string]>(
      'UPDATE pipeline_runs SET running = 0, state = ? WHERE run_id = ?',
    );
    this.byCause = store.db
      .prepare<[string], string>("SELECT state FROM pipeline_runs WHERE json_extract(state, '$.cause.key') = ?")
      .pluck();
    this.byId = store.db.prepare<[string], string>('SELECT state FROM pipeline_runs WHERE run_id = ?').pluck();
  }

  async save({ run, plan }: KeptRun): Promise<void> {
    const steps = JSON.stringify(plan);
    const row = [
      run.run_id,
      run.started_at,
      run.ended_at === null ? 1 : 0,
      JSON.stringify(run),
      steps,
      this.sealOf(run.run_id, steps),
    ] as const;
    await this.store.write(() => this.upsert.run(...row));
  }

  list(limit: number): PipelineRun[] {
    return this.newest.all(limit).map((state) => JSON.parse(state));
  }

  /** What may be gone on with: commands that this user's daemon kept here itself. */
  running(): KeptRun[] {
    const own = this.unfinished.all().filter((row) => this.isSealed(row));
    return own.map(({ state, plan }) => ({ run: JSON.parse(state), plan: JSON.parse(plan) }));
  }

  /** The others, which nobody will carry out. */
  interrupted(): PipelineRun[] {
    const foreign = this.unfinished.all().filter((row) => !this.isSealed(row));
    return foreign.map(({ run_id, state }) => ({ ...JSON.parse(state), run_id }));
  }

  /** Its commands are not sealed by this. */
  async close(run: PipelineRun): Promise<void> {
    await this.store.write(() => this.closing.run(JSON.stringify(run), run.run_id));
  }

  /** Looks at each run: asked for only after a daemon's death. */
  startedBy(key: string): PipelineRun | undefined {
    const state = this.byCause.get(key);
    return state === undefined ? undefined : JSON.parse(state);
  }

  find(runId: string): PipelineRun | undefined {
    const state = this.byId.get(runId);
    return state === undefined ? undefined : JSON.parse(state);
  }

  private isSealed({ run_id, plan, seal }: Row): boolean {
    return seal === this.sealOf(run_id, plan);
  }

  private sealOf(runId: string, plan: string): string {
    return this.seal('pipeline', runId, plan);
  }
}
