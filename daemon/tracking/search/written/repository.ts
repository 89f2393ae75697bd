import type { Db } from '../../../store/index.ts';
import type { WrittenRun } from '../../records.ts';
import type { RunRow } from '../../runs/repository.ts';

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

/** Reads many runs in one sweep a table. */
export class WrittenRunRepository {
  private readonly rows;
  private readonly metrics;
  private readonly params;
  private readonly tags;

  constructor(db: Db) {
    this.rows = db.prepare<[string], RunRow>(
      `SELECT r.*, e.name AS experiment_name FROM json_each(?) wanted CROSS JOIN runs r ON r.run_no = wanted.value
       JOIN experiments e USING (experiment_id) ORDER BY wanted.key`,
    );
    const pairs = "'key', key, 'value', value";
    const points = `'key', key, 'value', ${VALUE}, 'timestamp', timestamp, 'step', step`;
    this.metrics = db.prepare<[string], TextOf>(texts('series', points)).raw();
    this.params = db.prepare<[string], TextOf>(texts('params', pairs)).raw();
    this.tags = db.prepare<[string], TextOf>(texts('tags', pairs)).raw();
  }

  /** in the same order; one that was removed meanwhile is left out */
  read(runNos: readonly number[]): WrittenRun[] {
    const wanted = JSON.stringify(runNos);
    const metrics = new Map(this.metrics.all(wanted));
    const params = new Map(this.params.all(wanted));
    const tags = new Map(this.tags.all(wanted));
    return this.rows.all(wanted).map(({ run_no, experiment_id, deleted_at, ...run }) => ({
      ...run,
      experiment_id: String(experiment_id),
      deleted: deleted_at !== null,
      metrics: metrics.get(run_no) ?? '[]',
      params: params.get(run_no) ?? '[]',
      tags: tags.get(run_no) ?? '[]',
    }));
  }
}
