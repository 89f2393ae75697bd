import { PRUNED_TAG } from '../../../schemas/pruned.ts';
import type { WorkState } from '../../../schemas/wire/common.ts';
import type { Db } from '../../store/index.ts';
import { KeyValueRepository } from '../key-values/repository.ts';

export interface RunRow {
  run_no: number;
  run_id: string;
  experiment_id: number;
  experiment_name: string;
  name: string;
  state: WorkState;
  user: string;
  started_at: number;
  ended_at: number | null;
  deleted_at: number | null;
  /** how far a trial had come that its sweep ended early */
  pruned_step: string | null;
  /** where artifacts are kept, if that is not below the experiment's own number */
  artifact_location: string | null;
}

export type NewRunRow = Pick<RunRow, 'run_id' | 'experiment_id' | 'name' | 'state' | 'user' | 'started_at'>;

/** Of a run `r` in the experiment `e`: one that moved keeps its artifacts at home. */
export const ARTIFACT_LOCATION = `coalesce((
  SELECT coalesce(h.artifact_location, 'mlflow-artifacts:/' || h.experiment_id) FROM experiments h
  WHERE h.experiment_id = r.home_experiment_id), e.artifact_location)`;

/** Of a run `r`: most were not cancelled, and need no look. */
export const PRUNED_STEP = `CASE r.state WHEN 'cancelled' THEN (
  SELECT value FROM tags x WHERE x.run_no = r.run_no AND x.key = '${PRUNED_TAG}') END`;

const SELECT = `SELECT r.*, e.name AS experiment_name, ${ARTIFACT_LOCATION} AS artifact_location, ${PRUNED_STEP} AS pruned_step
  FROM runs r JOIN experiments e USING (experiment_id)`;

export class RunRepository {
  readonly params: KeyValueRepository;
  readonly tags: KeyValueRepository;
  private readonly insertOne;
  private readonly byId;
  private readonly newestOnes;
  private readonly setFields;
  private readonly setDeletedAt;
  private readonly setAllDeletedAt;
  private readonly setExperiment;

  constructor(db: Db) {
    this.params = new KeyValueRepository(db, 'params', 'run_no');
    this.tags = new KeyValueRepository(db, 'tags', 'run_no');
    this.insertOne = db.prepare<[NewRunRow]>(
      `INSERT INTO runs (run_id, experiment_id, name, state, user, started_at)
       VALUES (@run_id, @experiment_id, @name, @state, @user, @started_at)`,
    );
    this.byId = db.prepare<[string], RunRow>(`${SELECT} WHERE r.run_id = ?`);
    this.newestOnes = db.prepare<[number], RunRow>(
      `${SELECT} WHERE r.deleted_at IS NULL ORDER BY r.started_at DESC, r.run_id LIMIT ?`,
    );
    this.setFields = db.prepare<[string, WorkState, number | null, number]>(
      'UPDATE runs SET name = ?, state = ?, ended_at = ? WHERE run_no = ?',
    );
    this.setDeletedAt = db.prepare<[number | null, number]>('UPDATE runs SET deleted_at = ? WHERE run_no = ?');
    this.setAllDeletedAt = db.prepare<[number | null, number]>(
      'UPDATE runs SET deleted_at = ? WHERE experiment_id = ?',
    );
    this.setExperiment = db.prepare<{ run_no: number; to: number }>(
      `UPDATE runs SET experiment_id = @to, home_experiment_id = nullif(coalesce(home_experiment_id, experiment_id), @to)
       WHERE run_no = @run_no`,
    );
  }

  insert(run: NewRunRow): number {
    return Number(this.insertOne.run(run).lastInsertRowid);
  }

  find(runId: string): RunRow | undefined {
    return this.byId.get(runId);
  }

  update(runNo: number, { name, state, ended_at }: Pick<RunRow, 'name' | 'state' | 'ended_at'>): void {
    this.setFields.run(name, state, ended_at, runNo);
  }

  setDeleted(runNo: number, deletedAt: number | null): void {
    this.setDeletedAt.run(deletedAt, runNo);
  }

  setAllDeleted(experimentNo: number, deletedAt: number | null): void {
    this.setAllDeletedAt.run(deletedAt, experimentNo);
  }

  /** To an experiment; its artifacts stay at home. */
  move(runNo: number, experimentNo: number): void {
    this.setExperiment.run({ run_no: runNo, to: experimentNo });
  }

  newest(limit: number): RunRow[] {
    return this.newestOnes.all(limit);
  }
}
