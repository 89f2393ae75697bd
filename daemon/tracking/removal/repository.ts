import type { Db } from '../../store/index.ts';
import { ARTIFACT_LOCATION } from '../runs/repository.ts';

/** Something that was deleted, and where its experiment keeps artifacts if somebody said so. */
export interface DeletedRow {
  /** its key inside the store */
  no: number;
  id: string;
  name: string;
  /** the run itself, or the one that logged the model */
  run_id: string;
  experiment_id: number;
  artifact_location: string | null;
}

interface Chosen {
  no: number;
  before: number;
}

/**
 * Not the one that runs are made in unless a script says otherwise, none of which a run was restored, and none that keeps the
 * artifacts of a run that moved away.
 */
const IS_DOOMED_EXPERIMENT = `e.deleted_at <= @before AND e.experiment_id <> 0 AND NOT EXISTS (
  SELECT 1 FROM runs r WHERE r.experiment_id = e.experiment_id AND ifnull(r.deleted_at > @before, TRUE))
  AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.home_experiment_id = e.experiment_id)`;

const DELETED = {
  runs: `SELECT r.run_no AS no, r.run_id AS id, r.name, r.run_id, e.experiment_id, ${ARTIFACT_LOCATION} AS artifact_location
         FROM runs r JOIN experiments e USING (experiment_id) WHERE r.deleted_at <= @before`,
  models: `SELECT m.logged_model_no AS no, m.model_id AS id, m.name, m.source_run_id AS run_id, e.experiment_id, e.artifact_location
           FROM logged_models m JOIN experiments e USING (experiment_id)
           WHERE (m.deleted_at <= @before OR (${IS_DOOMED_EXPERIMENT}))`,
  experiments: `SELECT e.experiment_id AS no, CAST(e.experiment_id AS TEXT) AS id, e.name, '' AS run_id,
                  e.experiment_id, e.artifact_location
                FROM experiments e WHERE ${IS_DOOMED_EXPERIMENT}`,
} as const;
export type Kind = keyof typeof DELETED;

const SERIES_OF_RUN = 'series_no IN (SELECT series_no FROM series WHERE run_no = @no)';

/** In this order: what refers to something goes before it. Whatever else belongs to them follows by its foreign key. */
const PARTS: Record<Kind, string[]> = {
  runs: [
    `DELETE FROM chunks WHERE chunk_no IN (SELECT chunk_no FROM chunk_summaries WHERE ${SERIES_OF_RUN})`,
    `DELETE FROM chunk_summaries WHERE ${SERIES_OF_RUN}`,
    `DELETE FROM points WHERE ${SERIES_OF_RUN}`,
    'DELETE FROM series WHERE run_no = @no',
    'DELETE FROM params WHERE run_no = @no',
    'DELETE FROM tags WHERE run_no = @no',
    'DELETE FROM runs WHERE run_no = @no',
  ],
  models: ['DELETE FROM logged_models WHERE logged_model_no = @no'],
  experiments: [
    'DELETE FROM experiment_tags WHERE experiment_id = @no',
    'DELETE FROM experiments WHERE experiment_id = @no',
  ],
};

const KEYS: Record<Kind, string> = {
  runs: 'r.run_no',
  models: 'm.logged_model_no',
  // it goes last
  experiments: `NOT EXISTS (SELECT 1 FROM runs r WHERE r.experiment_id = e.experiment_id)
    AND NOT EXISTS (SELECT 1 FROM logged_models m WHERE m.experiment_id = e.experiment_id) AND e.experiment_id`,
};

export class RemovalRepository {
  private readonly all;
  private readonly one;
  private readonly parts;

  constructor(db: Db) {
    const each = <T>(make: (kind: Kind) => T) => ({
      runs: make('runs'),
      models: make('models'),
      experiments: make('experiments'),
    });
    this.all = each((kind) => db.prepare<[{ before: number }], DeletedRow>(`${DELETED[kind]} ORDER BY no`));
    this.one = each((kind) => db.prepare<[Chosen], DeletedRow>(`${DELETED[kind]} AND ${KEYS[kind]} = @no`));
    this.parts = each((kind) => PARTS[kind].map((sql) => db.prepare<[{ no: number }]>(sql)));
  }

  /** what was deleted at this time or before it, oldest first */
  deleted(kind: Kind, before: number): DeletedRow[] {
    return this.all[kind].all({ before });
  }

  /** False when it was restored meanwhile, or when something that stays is in it. */
  remove(kind: Kind, chosen: Chosen): boolean {
    if (!this.one[kind].get(chosen)) return false;
    for (const statement of this.parts[kind]) statement.run({ no: chosen.no });
    return true;
  }
}
