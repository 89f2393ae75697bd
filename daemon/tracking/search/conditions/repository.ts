import { STATUS_OF } from '../../../../schemas/run-status.ts';
import type { Condition } from '../../../../schemas/search/index.ts';
import type { Sql } from '../../../store/index.ts';
import { comparison, sql } from '../../../store/index.ts';

/** A run's name is kept once; scripts search for it as a tag, too. */
export const RUN_NAME_TAG = 'mlflow.runName';
/** The one tag that has an index of its own: its key must stand in the statement for SQLite to see it. */
const PARENT_TAG = 'mlflow.parentRunId';

/** MLflow's words for the states of runs, by which they are searched and ordered. */
const WORDS = Object.entries(STATUS_OF).map(([state, word]) => `WHEN '${state}' THEN '${word}'`);
const STATUS = `CASE r.state ${WORDS.join(' ')} END`;
const ARTIFACT_URI = `((SELECT coalesce(e.artifact_location, 'mlflow-artifacts:/' || e.experiment_id) FROM experiments e
  WHERE e.experiment_id = coalesce(r.home_experiment_id, r.experiment_id)) || '/' || r.run_id || '/artifacts')`;

/** With the plus each is looked up by its own; without, SQLite looks for the best order of all of them, which can take minutes. */
const EXISTS = '+EXISTS';

/** What the grammar's attributes are in `runs r`. */
const ATTRIBUTES: Record<string, string> = {
  run_id: 'r.run_id',
  run_name: 'r.name',
  user_id: 'r.user',
  status: STATUS,
  start_time: 'r.started_at',
  end_time: 'r.ended_at',
  artifact_uri: ARTIFACT_URI,
};
const DATASET_COLUMNS: Record<string, string> = { name: 'd.name', digest: 'd.digest', context: 'i.context' };

export function attribute(key: string): string {
  return ATTRIBUTES[key] ?? 'NULL';
}

/** What must hold of a run, named `r` in the statement. A key that a run does not have fulfils nothing but IS NULL. */
export function holds(condition: Condition): Sql {
  if (condition.kind === 'attribute') return comparison(attribute(condition.key), condition);
  if (condition.kind === 'dataset') return datasetHolds(condition);
  if (condition.kind === 'metric') {
    const { text, values } = valueHolds('x.value', condition);
    return sql(
      `${EXISTS} (SELECT 1 FROM series x WHERE x.run_no = r.run_no AND x.key = ? AND ${text})`,
      condition.key,
      ...values,
    );
  }
  if (condition.kind === 'tag' && condition.key === RUN_NAME_TAG) return comparison('r.name', condition);
  if (condition.kind === 'tag' && condition.key === PARENT_TAG && condition.op === '=') {
    return sql(
      `r.run_no IN (SELECT x.run_no FROM tags x WHERE x.key = '${PARENT_TAG}' AND x.value = ?)`,
      condition.value,
    );
  }
  return keyHolds(condition.kind === 'tag' ? 'tags' : 'params', condition);
}

/** Of a metric's newest value: NaN is a word in the store, greater than any number there, and equals nothing. */
export function valueHolds(column: string, condition: Condition): Sql {
  const { text, values } = comparison(column, condition);
  const isNumber = condition.op === '>' || condition.op === '>=' ? ` AND ${column} < ''` : '';
  return sql(`${text}${isNumber}`, ...values);
}

function keyHolds(table: string, condition: Condition): Sql {
  const there = `${EXISTS} (SELECT 1 FROM ${table} x WHERE x.run_no = r.run_no AND x.key = ?`;
  if (condition.op === 'IS NULL') return sql(`NOT ${there})`, condition.key);
  if (condition.op === 'IS NOT NULL') return sql(`${there})`, condition.key);
  const { text, values } = comparison('x.value', condition);
  return sql(`${there} AND ${text})`, condition.key, ...values);
}

function datasetHolds(condition: Condition): Sql {
  const { text, values } = comparison(DATASET_COLUMNS[condition.key] ?? 'NULL', condition);
  return sql(
    `${EXISTS} (SELECT 1 FROM dataset_inputs i JOIN datasets d USING (dataset_no) WHERE i.run_no = r.run_no AND ${text})`,
    ...values,
  );
}
