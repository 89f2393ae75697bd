import type { Db } from '../../../store/index.ts';
import type { RunRow } from '../../runs/repository.ts';
import { ARTIFACT_LOCATION, PRUNED_STEP } from '../../runs/repository.ts';

type TextOf = [run_no: number, text: string];

const GREATEST = '1.7976931348623157e308';
/** A number, or the word that stands for it in JSON. */
const VALUE = `CASE WHEN value BETWEEN -${GREATEST} AND ${GREATEST} THEN value WHEN value = 'NaN' THEN 'NaN'
  WHEN value > 0 THEN 'Infinity' ELSE '-Infinity' END`;

/** Of those runs, by key; SQLite writes the JSON, since thousands of runs have hundreds of thousands of keys. */
function texts(table: string, fields: string): string {
  return `SELECT run_no, json_group_array(json_object(${fields})) FROM ${table}
    WHERE run_no IN (SELECT value FROM json_each(?)) GROUP BY run_no`;
}

/** What a run has many of, as JSON. */
export interface RunTexts {
  metrics: string;
  params: string;
  tags: string;
}

/** Reads many runs in one sweep a table. */
export class WrittenRunRepository {
  private readonly someRows;
  private readonly metrics;
  private readonly params;
  private readonly tags;

  constructor(db: Db) {
    this.someRows = db.prepare<[string], RunRow>(
      `SELECT r.*, e.name AS experiment_name, ${ARTIFACT_LOCATION} AS artifact_location,
       ${PRUNED_STEP} AS pruned_step FROM json_each(?) wanted CROSS JOIN runs r ON r.run_no = wanted.value
       JOIN experiments e USING (experiment_id) ORDER BY wanted.key`,
    );
    const pairs = "'key', key, 'value', value";
    const points = `'key', key, 'value', ${VALUE}, 'timestamp', timestamp, 'step', step`;
    this.metrics = db.prepare<[string], TextOf>(texts('series', points)).raw();
    this.params = db.prepare<[string], TextOf>(texts('params', pairs)).raw();
    this.tags = db.prepare<[string], TextOf>(texts('tags', pairs)).raw();
  }

  /** in the same order; one that was removed meanwhile is left out */
  rows(runNos: readonly number[]): RunRow[] {
    return this.someRows.all(JSON.stringify(runNos));
  }

  texts(runNos: readonly number[]): Map<number, RunTexts> {
    const wanted = JSON.stringify(runNos);
    const metrics = new Map(this.metrics.all(wanted));
    const params = new Map(this.params.all(wanted));
    const tags = new Map(this.tags.all(wanted));
    return new Map(
      runNos.map((runNo) => {
        const of = (texts: Map<number, string>) => texts.get(runNo) ?? '[]';
        return [runNo, { metrics: of(metrics), params: of(params), tags: of(tags) }];
      }),
    );
  }
}
