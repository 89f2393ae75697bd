import { prunedStep } from '../../../../schemas/pruned.ts';
import type { Emitter } from '../../../base/emitter.ts';
import type { TrackingChange, WrittenRun } from '../../records.ts';
import type { RunRow } from '../../runs/repository.ts';
import type { RunTexts, WrittenRunRepository } from './repository.ts';

/** Enough for some ten thousand runs with two dozen values each. */
const REMEMBERED_CHARS = 24_000_000;
/** Only lists such as somebody looks at push out what was remembered before: who reads everything reads it once. */
const SHORT_LIST = 200;

/**
 * Runs of lists. What was written of a run is remembered until something of it changes, since lists are asked for again and
 * again, and most runs are over. Whoever writes to a run tells `changes` of it, so that nothing here gets old.
 */
export class WrittenRuns {
  private readonly remembered = new Map<string, RunTexts>();
  private chars = 0;
  private readonly repository: WrittenRunRepository;
  private readonly most: number;

  constructor(repository: WrittenRunRepository, changes: Emitter<TrackingChange>, most = REMEMBERED_CHARS) {
    this.repository = repository;
    this.most = most;
    changes.on((change) => {
      if (change.type === 'run' || change.type === 'points' || change.type === 'run-removed')
        this.forget(change.run_id);
    });
  }

  /** In the same order; one that was removed meanwhile is left out. `total` is the length of the list that they are of. */
  read(runNos: readonly number[], total: number): WrittenRun[] {
    const rows = this.repository.rows(runNos);
    const known = rows.map(({ run_id }) => this.remembered.get(run_id));
    const unknown = rows.filter((_row, index) => known[index] === undefined);
    const fresh = unknown.length > 0 ? this.repository.texts(unknown.map(({ run_no }) => run_no)) : undefined;
    for (const { run_id, run_no } of unknown) this.remember(run_id, fresh?.get(run_no), total <= SHORT_LIST);
    return rows.map((row, index) => asWritten(row, known[index] ?? fresh?.get(row.run_no)));
  }

  private remember(runId: string, texts: RunTexts | undefined, pushesOut: boolean): void {
    if (!texts || (!pushesOut && this.chars + charsOf(texts) > this.most)) return;
    // a copy, or V8 learns that all texts live long, and lets those of long lists, which do not, fill the old space
    this.remembered.set(runId, { ...texts });
    this.chars += charsOf(texts);
    for (const oldest of this.remembered.keys()) {
      if (this.chars <= this.most) return;
      this.forget(oldest);
    }
  }

  private forget(runId: string): void {
    const texts = this.remembered.get(runId);
    if (!texts) return;
    this.remembered.delete(runId);
    this.chars -= charsOf(texts);
  }
}

function charsOf({ metrics, params, tags }: RunTexts): number {
  return metrics.length + params.length + tags.length;
}

function asWritten(row: RunRow, texts: RunTexts | undefined): WrittenRun {
  const { run_id, experiment_id, experiment_name, name, state, user, started_at, ended_at, deleted_at } = row;
  const { metrics, params, tags } = texts ?? { metrics: '[]', params: '[]', tags: '[]' };
  const { artifact_location } = row;
  const facts = { run_id, artifact_location, experiment_id: String(experiment_id), experiment_name, name, state, user };
  const pruned_step = prunedStep(row.pruned_step);
  return { ...facts, started_at, ended_at, pruned_step, deleted: deleted_at !== null, metrics, params, tags };
}
