import type { Store } from '../../store/index.ts';
import type { KnownResult } from './results.ts';

interface Row {
  result_no: number;
  key: string;
  step: string;
  run_id: string;
  recorded_at: number;
  used_at: number;
  seconds: number | null;
  parts: string;
  outs: string;
  metrics: string;
}

/** So often it is noted that a result is still of use: often enough for counting days. */
const USED_EVERY_MS = 24 * 60 * 60_000;
const COLUMNS = 'result_no, key, step_results.step, run_id, recorded_at, used_at, seconds, parts, outs, metrics';

export class ResultRepository {
  private readonly store: Store;
  private readonly insert;
  private readonly byKey;
  private readonly currentOf;
  private readonly makeCurrent;
  private readonly use;
  private readonly spare;
  private readonly remove;
  private readonly removeCurrent;
  private readonly all;

  constructor(store: Store) {
    this.store = store;
    const { db } = store;
    this.insert = db.prepare<[Omit<Row, 'result_no'>]>(
      `INSERT INTO step_results (key, step, run_id, recorded_at, used_at, seconds, parts, outs, metrics)
       VALUES (@key, @step, @run_id, @recorded_at, @used_at, @seconds, @parts, @outs, @metrics)`,
    );
    this.byKey = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM step_results WHERE key = ? ORDER BY result_no DESC`);
    this.currentOf = db.prepare<[string], Row>(
      `SELECT ${COLUMNS} FROM current_results AS current JOIN step_results USING (result_no) WHERE current.step = ?`,
    );
    this.makeCurrent = db.prepare<[{ step: string; result_no: number | bigint }]>(
      'INSERT OR REPLACE INTO current_results (step, result_no) VALUES (@step, @result_no)',
    );
    this.use = db.prepare<[{ result_no: number; now: number }]>(
      'UPDATE step_results SET used_at = @now WHERE result_no = @result_no',
    );
    this.spare = db
      .prepare<[{ most: number; before: number; steps: string | null }], number>(
        `SELECT result_no FROM (
           SELECT result_no, step, used_at, row_number() OVER (PARTITION BY step ORDER BY result_no DESC) AS rank
           FROM step_results
         ) AS ranked
         WHERE used_at < @before AND CASE WHEN @steps IS NULL OR step IN (SELECT value FROM json_each(@steps))
           THEN rank > @most AND NOT EXISTS (SELECT 1 FROM current_results AS c WHERE c.result_no = ranked.result_no)
           ELSE TRUE END`,
      )
      .pluck();
    this.remove = db.prepare<[number]>('DELETE FROM step_results WHERE result_no = ?');
    this.removeCurrent = db.prepare(
      'DELETE FROM current_results WHERE result_no NOT IN (SELECT result_no FROM step_results)',
    );
    this.all = db.prepare<[], Pick<Row, 'result_no' | 'outs'>>('SELECT result_no, outs FROM step_results');
  }

  /** From now on it is what its step gave last, unless it is kept for its key alone. */
  async save(result: Omit<KnownResult, 'no'>, { isCurrent = true } = {}): Promise<KnownResult> {
    const { key, step, runId, recordedAt, seconds, parts, outs, metrics } = result;
    const no = await this.store.write(() => {
      const { lastInsertRowid } = this.insert.run({
        key,
        step,
        run_id: runId,
        recorded_at: recordedAt,
        used_at: recordedAt,
        seconds,
        parts: JSON.stringify(parts),
        outs: JSON.stringify(outs),
        metrics: JSON.stringify(metrics, (_, value) => (Number.isFinite(value) ? value : asWord(value))),
      });
      if (isCurrent) this.makeCurrent.run({ step, result_no: lastInsertRowid });
      return Number(lastInsertRowid);
    });
    return { ...result, no };
  }

  /** the newest first */
  withKey(key: string): KnownResult[] {
    return this.byKey.all(key).map(resultOf);
  }

  /** What the step gave last, or was given. */
  last(step: string): KnownResult | undefined {
    const row = this.currentOf.get(step);
    return row && resultOf(row);
  }

  /** The step was given it. */
  async noteUse(step: string, no: number, now: number): Promise<void> {
    const current = this.currentOf.get(step);
    if (current?.result_no === no && current.used_at > now - USED_EVERY_MS) return;
    await this.store.write(() => {
      this.makeCurrent.run({ step, result_no: no });
      this.use.run({ result_no: no, now });
    });
  }

  /** Not used since `before`, and of no step that there is still (null: of all), or not among the newest of theirs. */
  spareResults({ most, before, steps }: { most: number; before: number; steps: readonly string[] | null }): number[] {
    return this.spare.all({ most, before, steps: steps && JSON.stringify(steps) });
  }

  /** What the others have as outs. */
  outsWithout(results: readonly number[]): KnownResult['outs'] {
    const gone = new Set(results);
    return this.all.all().flatMap(({ result_no, outs }) => (gone.has(result_no) ? [] : JSON.parse(outs)));
  }

  async forget(results: readonly number[]): Promise<void> {
    await this.store.write(() => {
      for (const result of results) this.remove.run(result);
      this.removeCurrent.run();
    });
  }
}

/** JSON has no number for these. */
const asWord = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);

function resultOf({ result_no: no, key, step, run_id, recorded_at, seconds, parts, outs, metrics }: Row): KnownResult {
  const values: Record<string, number | string> = JSON.parse(metrics);
  return {
    no,
    key,
    step,
    runId: run_id,
    recordedAt: recorded_at,
    seconds,
    parts: JSON.parse(parts),
    outs: JSON.parse(outs),
    metrics: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)])),
  };
}
