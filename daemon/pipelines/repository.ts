import type { PlannedStep } from '../../schemas/language/index.ts';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import type { Store } from '../store/index.ts';

export interface KeptRun {
  run: PipelineRun;
  plan: PlannedStep[];
}

export class PipelineRepository {
  private readonly store: Store;
  private readonly upsert;
  private readonly newest;
  private readonly unfinished;
  private readonly byId;

  constructor(store: Store) {
    this.store = store;
    this.upsert = store.db.prepare<[string, number, number, string, string]>(
      `INSERT INTO pipeline_runs (run_id, started_at, running, state, plan) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (run_id) DO UPDATE SET running = excluded.running, state = excluded.state`,
    );
    this.newest = store.db
      .prepare<[number], string>('SELECT state FROM pipeline_runs ORDER BY started_at DESC LIMIT ?')
      .pluck();
    this.unfinished = store.db.prepare<[], { state: string; plan: string }>(
      'SELECT state, plan FROM pipeline_runs WHERE running = 1 ORDER BY started_at',
    );
    this.byId = store.db.prepare<[string], string>('SELECT state FROM pipeline_runs WHERE run_id = ?').pluck();
  }

  async save({ run, plan }: KeptRun): Promise<void> {
    const row = [
      run.run_id,
      run.started_at,
      run.ended_at === null ? 1 : 0,
      JSON.stringify(run),
      JSON.stringify(plan),
    ] as const;
    await this.store.write(() => this.upsert.run(...row));
  }

  list(limit: number): PipelineRun[] {
    return this.newest.all(limit).map((state) => JSON.parse(state));
  }

  running(): KeptRun[] {
    return this.unfinished.all().map(({ state, plan }) => ({ run: JSON.parse(state), plan: JSON.parse(plan) }));
  }

  find(runId: string): PipelineRun | undefined {
    const state = this.byId.get(runId);
    return state === undefined ? undefined : JSON.parse(state);
  }
}
