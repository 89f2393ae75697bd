import type { StepRun } from '../../../schemas/wire/pipelines.ts';
import type { Store } from '../../store/index.ts';
import type { BegunStep } from '../engine/parts.ts';
import type { TrialOutcome } from './ports.ts';
import type { Snapshot } from './snapshot.ts';

export interface KeptTrial {
  runId: string;
  run: StepRun;
  /** null until its step begins */
  begun: BegunStep | null;
  /** null until it has ended */
  outcome: TrialOutcome | null;
}

type SweepRow = { run_id: string; snapshot: string | null };
type TrialRow = { run_id: string; state: string; begun: string | null; outcome: string | null };

/** What is needed to go on with trials after the daemon's death. */
export class TrialRepository {
  private readonly store: Store;
  private readonly statements;

  constructor(store: Store) {
    this.store = store;
    const { db } = store;
    this.statements = {
      sweep: db.prepare<[string], SweepRow>('SELECT run_id, snapshot FROM tried_sweeps WHERE sweep_id = ?'),
      ids: db.prepare<[], string>('SELECT sweep_id FROM tried_sweeps').pluck(),
      saveSweep: db.prepare<[string, string, string | null]>(
        `INSERT INTO tried_sweeps (sweep_id, run_id, snapshot) VALUES (?, ?, ?)
         ON CONFLICT (sweep_id) DO UPDATE SET snapshot = excluded.snapshot`,
      ),
      trial: db.prepare<[string], TrialRow>('SELECT run_id, state, begun, outcome FROM trials WHERE trial_id = ?'),
      begun: db.prepare<[string], { trial_id: string; begun: string }>(
        'SELECT trial_id, begun FROM trials WHERE sweep_id = ? AND begun IS NOT NULL AND outcome IS NULL',
      ),
      saveTrial: db.prepare<[string, string, string, string, string | null, string | null]>(
        `INSERT INTO trials (trial_id, sweep_id, run_id, state, begun, outcome) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (trial_id) DO UPDATE SET
         run_id = excluded.run_id, state = excluded.state, begun = excluded.begun, outcome = excluded.outcome`,
      ),
      forget: db.prepare<[string]>('DELETE FROM trials WHERE sweep_id = ?'),
    };
  }

  sweep(id: string): { runId: string; snapshot: Snapshot | null } | undefined {
    const row = this.statements.sweep.get(id);
    return row && { runId: row.run_id, snapshot: row.snapshot === null ? null : JSON.parse(row.snapshot) };
  }

  sweepIds(): string[] {
    return this.statements.ids.all();
  }

  saveSweep(id: string, runId: string, snapshot: Snapshot | null): Promise<unknown> {
    return this.store.write(() => this.statements.saveSweep.run(id, runId, snapshot && JSON.stringify(snapshot)));
  }

  trial(id: string): KeptTrial | undefined {
    const row = this.statements.trial.get(id);
    if (!row) return undefined;
    const { run_id: runId, state, begun, outcome } = row;
    return {
      runId,
      run: JSON.parse(state),
      begun: begun === null ? null : JSON.parse(begun),
      outcome: outcome === null ? null : outcomeOf(outcome),
    };
  }

  /** The trials of a sweep whose step has begun, and not ended. */
  begun(sweepId: string): [id: string, begun: BegunStep][] {
    return this.statements.begun.all(sweepId).map(({ trial_id, begun }) => [trial_id, JSON.parse(begun)]);
  }

  saveTrial(id: string, sweepId: string, { runId, run, begun, outcome }: KeptTrial): Promise<unknown> {
    const texts = [JSON.stringify(run), begun && JSON.stringify(begun), outcome && textOf(outcome)] as const;
    return this.store.write(() => this.statements.saveTrial.run(id, sweepId, runId, ...texts));
  }

  /** Its sweep knows what became of them. */
  forgetTrials(sweepId: string): Promise<unknown> {
    return this.store.write(() => this.statements.forget.run(sweepId));
  }
}

/** JSON has no NaN and no infinities. */
const textOf = (outcome: TrialOutcome): string =>
  JSON.stringify(outcome, (_, value) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value));

function outcomeOf(text: string): TrialOutcome {
  const outcome: TrialOutcome = JSON.parse(text);
  const metrics = Object.entries(outcome.metrics).map(([name, value]) => [name, Number(value)] as const);
  return { ...outcome, metrics: Object.fromEntries(metrics) };
}
