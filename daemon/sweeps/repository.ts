import type { Seal, Store } from '../store/index.ts';
import type { KeptSweep, KeptTrial } from './kept.ts';
import type { Point, Space } from './space/dimension.ts';
import type { Trial } from './study/trial.ts';

interface SweepRow {
  sweep_no: number;
  sweep_id: string;
  name: string;
  settings: string;
  seal: string;
  state: KeptSweep['state'];
  reason: string;
  min_resource: number | null;
  started_at: number;
  ended_at: number | null;
  run_id: string | null;
}

interface TrialRow {
  number: number;
  attempt: number;
  point: string;
  state: Trial['state'];
  value: number | null;
  rungs: string;
  run_id: string | null;
  reason: string | null;
  started_at: number;
  ended_at: number | null;
}

interface PointRow {
  number: number;
  step: number;
  value: number | null;
}

/** Sweeps, their trials, and what was judged of each. */
export class SweepRepository {
  private readonly store: Store;
  private readonly seal: Seal;
  private readonly upsertSweep;
  private readonly upsertTrial;
  private readonly insertPoint;
  private readonly deletePoints;
  private readonly newest;
  private readonly unfinished;
  private readonly byId;
  private readonly trialRows;
  private readonly pointRows;

  constructor(store: Store, seal: Seal) {
    this.store = store;
    this.seal = seal;
    this.upsertSweep = store.db.prepare(
      `INSERT INTO sweeps (sweep_id, name, settings, seal, state, reason, min_resource, started_at, ended_at, run_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sweep_id) DO UPDATE SET settings = excluded.settings, seal = excluded.seal,
       run_id = excluded.run_id, state = excluded.state, reason = excluded.reason, min_resource = excluded.min_resource, ended_at = excluded.ended_at`,
    );
    this.upsertTrial = store.db.prepare(
      `INSERT INTO sweep_trials (sweep_no, number, attempt, point, state, value, rungs, run_id, reason, started_at, ended_at)
       VALUES ((SELECT sweep_no FROM sweeps WHERE sweep_id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET attempt = excluded.attempt, started_at = excluded.started_at, state = excluded.state, value = excluded.value, rungs = excluded.rungs,
       run_id = excluded.run_id, reason = excluded.reason, ended_at = excluded.ended_at`,
    );
    this.insertPoint = store.db.prepare(
      `INSERT OR IGNORE INTO sweep_points (sweep_no, number, step, value)
       VALUES ((SELECT sweep_no FROM sweeps WHERE sweep_id = ?), ?, ?, ?)`,
    );
    this.deletePoints = store.db.prepare(
      'DELETE FROM sweep_points WHERE sweep_no = (SELECT sweep_no FROM sweeps WHERE sweep_id = ?) AND number = ?',
    );
    this.newest = store.db.prepare<[number], SweepRow>('SELECT * FROM sweeps ORDER BY sweep_no DESC LIMIT ?');
    this.unfinished = store.db.prepare<[], SweepRow>('SELECT * FROM sweeps WHERE ended_at IS NULL ORDER BY sweep_no');
    this.byId = store.db.prepare<[string], SweepRow>('SELECT * FROM sweeps WHERE sweep_id = ?');
    this.trialRows = store.db.prepare<[number], TrialRow>(
      `SELECT number, attempt, point, state, value, rungs, run_id, reason, started_at, ended_at
       FROM sweep_trials WHERE sweep_no = ? ORDER BY number`,
    );
    this.pointRows = store.db.prepare<[number], PointRow>(
      'SELECT number, step, value FROM sweep_points WHERE sweep_no = ? ORDER BY number, step',
    );
  }

  save(sweep: KeptSweep): Promise<unknown> {
    return this.store.write(() => {
      const { id, name, state, reason, minResource, startedAt, endedAt, runId } = sweep;
      const settings = JSON.stringify(sweep.settings);
      const seal = this.sealOf(id, settings);
      this.upsertSweep.run(id, name, settings, seal, state, reason, minResource, startedAt, endedAt, runId);
    });
  }

  /** A trial as it is when it is written, in one write with the point that it was judged by. */
  saveTrial(sweep: KeptSweep, kept: KeptTrial, reported?: { step: number; value: number }): Promise<unknown> {
    return this.store.write(() => {
      const { trial, attempt, runId, reason, startedAt, endedAt } = kept;
      const { number, state, value } = trial;
      const point = JSON.stringify([...trial.point.values()]);
      // JSON has no infinities
      const rungs = JSON.stringify(trial.rungs.map(String));
      this.upsertTrial.run(sweep.id, number, attempt, point, state, value, rungs, runId, reason, startedAt, endedAt);
      // the column keeps NaN as NULL
      if (reported) this.insertPoint.run(sweep.id, number, reported.step, reported.value);
    });
  }

  /** What was judged of the attempt before counts no more. */
  forgetPoints(sweep: KeptSweep, { trial }: KeptTrial): Promise<unknown> {
    return this.store.write(() => this.deletePoints.run(sweep.id, trial.number));
  }

  list(limit: number): KeptSweep[] {
    return this.newest.all(limit).map(sweepOf);
  }

  find(id: string): KeptSweep | undefined {
    const row = this.byId.get(id);
    return row && sweepOf(row);
  }

  /** Those under way. Only what this user's daemon kept here itself may be gone on with: it runs commands. */
  running(): { sweep: KeptSweep; isOwn: boolean }[] {
    return this.unfinished
      .all()
      .map((row) => ({ sweep: sweepOf(row), isOwn: row.seal === this.sealOf(row.sweep_id, row.settings) }));
  }

  /** Only then it may be gone on with. */
  isOwn(id: string): boolean {
    const row = this.byId.get(id);
    return row !== undefined && row.seal === this.sealOf(id, row.settings);
  }

  trialsOf(id: string, space: Space): KeptTrial[] {
    const row = this.byId.get(id);
    if (!row) return [];
    const points = Map.groupBy(this.pointRows.all(row.sweep_no), ({ number }) => number);
    return this.trialRows.all(row.sweep_no).map((trial) => trialOf(trial, points.get(trial.number) ?? [], space));
  }

  private sealOf(id: string, settings: string): string {
    return this.seal('sweep', id, settings);
  }
}

function sweepOf(row: SweepRow): KeptSweep {
  return {
    id: row.sweep_id,
    name: row.name,
    settings: JSON.parse(row.settings),
    state: row.state,
    reason: row.reason,
    minResource: row.min_resource,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    runId: row.run_id,
  };
}

function trialOf(row: TrialRow, reported: readonly PointRow[], space: Space): KeptTrial {
  const values: number[] = JSON.parse(row.point);
  const point: Point = new Map([...space.keys()].map((name, index) => [name, values[index] as number]));
  const trial: Trial = {
    number: row.number,
    point,
    state: row.state,
    value: row.value,
    points: new Map(reported.map(({ step, value }) => [step, value ?? Number.NaN])),
    lastStep: reported.at(-1)?.step ?? null,
    rungs: JSON.parse(row.rungs).map(Number),
  };
  const { attempt, run_id: runId, reason, started_at: startedAt, ended_at: endedAt } = row;
  return { trial, attempt, runId, reason, startedAt, endedAt };
}
