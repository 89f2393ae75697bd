import { MOST_CHILDREN } from '../../../schemas/run-family.ts';
import type { Db, Sql } from '../../store/index.ts';
import { sql } from '../../store/index.ts';

const IS_PARENT_TAG = "x.key = 'mlflow.parentRunId'";
/** `c` stands below the run that it names: kept by the store, for a parent that is deleted or elsewhere has no place in the list for it. */
const IS_BELOW = 'c.below = 1';

const PARENTS = `SELECT c.run_id, p.run_id AS parent_run_id FROM json_each(?) wanted
  CROSS JOIN runs c ON c.run_id = wanted.value
  CROSS JOIN tags x ON x.run_no = c.run_no AND ${IS_PARENT_TAG}
  CROSS JOIN runs p ON p.run_id = x.value WHERE ${IS_BELOW}`;

const CHILDREN = `SELECT p.run_id, (
    SELECT count(*) FROM (
      SELECT 1 FROM tags x CROSS JOIN runs c ON c.run_no = x.run_no
      WHERE ${IS_PARENT_TAG} AND x.value = p.run_id AND c.deleted_at IS NULL AND ${IS_BELOW} LIMIT ${MOST_CHILDREN}
    )) AS children
  FROM json_each(?) wanted CROSS JOIN runs p ON p.run_id = wanted.value`;

const DESCENDANTS = `WITH RECURSIVE below (run_no, run_id, experiment_id) AS (
    SELECT r.run_no, r.run_id, r.experiment_id FROM json_each(?) wanted CROSS JOIN runs r ON r.run_id = wanted.value
    UNION
    SELECT c.run_no, c.run_id, c.experiment_id FROM below b CROSS JOIN tags x ON ${IS_PARENT_TAG} AND x.value = b.run_id
    CROSS JOIN runs c ON c.run_no = x.run_no WHERE c.experiment_id = b.experiment_id AND c.deleted_at IS NULL
  )`;

export interface ParentRow {
  run_id: string;
  parent_run_id: string;
}

export class FamilyRepository {
  private readonly anyParent;
  private readonly parentsOf;
  private readonly childrenOf;
  private readonly below;
  private readonly openOnesBelow;

  constructor(db: Db) {
    this.anyParent = db.prepare<[], number>(`SELECT EXISTS (SELECT 1 FROM tags x WHERE ${IS_PARENT_TAG})`).pluck();
    this.parentsOf = db.prepare<[string], ParentRow>(PARENTS);
    this.childrenOf = db.prepare<[string], { run_id: string; children: number }>(CHILDREN);
    this.below = db.prepare<[string], string>(`${DESCENDANTS} SELECT run_id FROM below`).pluck();
    this.openOnesBelow = db
      .prepare<[string, string], string>(
        `${DESCENDANTS} SELECT r.run_id FROM below CROSS JOIN runs r USING (run_no)
         WHERE r.state = 'running' AND r.run_id <> ?`,
      )
      .pluck();
  }

  /** Most stores have none: then nothing else is looked up. */
  hasAny(): boolean {
    return this.anyParent.get() === 1;
  }

  parents(runIds: readonly string[]): ParentRow[] {
    return this.parentsOf.all(JSON.stringify(runIds));
  }

  children(runIds: readonly string[]): { run_id: string; children: number }[] {
    return this.childrenOf.all(JSON.stringify(runIds));
  }

  /** With themselves. */
  descendants(runIds: readonly string[]): string[] {
    return this.below.all(JSON.stringify(runIds));
  }

  openBelow(runId: string): string[] {
    return this.openOnesBelow.all(JSON.stringify([runId]), runId);
  }
}

/** Of a run `r`: that it stands below one of these, or, with null, below no other. */
export function standsBelow(parents: readonly string[] | null): Sql {
  if (parents === null) return sql('r.below = 0');
  return sql(
    `r.run_no IN (SELECT x.run_no FROM tags x WHERE ${IS_PARENT_TAG} AND x.value IN (SELECT value FROM json_each(?))) AND r.below = 1`,
    JSON.stringify(parents),
  );
}
