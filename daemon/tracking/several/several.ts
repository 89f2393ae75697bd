import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import { CrisolError } from '../../base/errors.ts';
import { activeExperiment } from '../experiments/experiments.ts';
import type { ExperimentRepository } from '../experiments/repository.ts';
import type { FamilyRepository } from '../family/repository.ts';
import type { InputRepository } from '../inputs/repository.ts';
import type { OpenRuns } from '../metrics/open-runs.ts';
import { runNotFound } from '../metrics/open-runs.ts';
import type { KeyValue, TrackingChange } from '../records.ts';
import type { RunRepository, RunRow } from '../runs/repository.ts';
import type { Writer } from '../writer.ts';

export interface SeveralRunsParts {
  writer: Writer;
  openRuns: OpenRuns;
  experiments: ExperimentRepository;
  runs: RunRepository;
  family: FamilyRepository;
  inputs: InputRepository;
  changes: Emitter<TrackingChange>;
  clock: Clock;
}

/** So many go in one write, or what is done in so many milliseconds: others are answered between two of them. */
const AT_ONCE = 100;
const AT_ONCE_MS = 10;

/**
 * What a person does to many runs at once. All of them are looked at first: when one cannot be changed, none is. They then
 * change in slices, and what was interrupted is finished by asking again.
 */
export class SeveralRuns {
  private readonly parts: SeveralRunsParts;

  constructor(parts: SeveralRunsParts) {
    this.parts = parts;
  }

  /** Those that are deleted already stay as they are. Answers which went, so that just these can be restored. */
  async delete(runIds: readonly string[], options: { nested: boolean }): Promise<string[]> {
    const { runs, clock } = this.parts;
    const at = clock.now();
    const rows = options.nested ? await this.withNested(runIds) : await this.rows(runIds);
    const gone: string[] = [];
    const there = rows.filter(({ deleted_at }) => deleted_at === null);
    for await (const slice of this.inSlices(there, ({ run_no }) => runs.setDeleted(run_no, at))) {
      for (const row of slice) this.announce('run-removed', row);
      gone.push(...slice.map(({ run_id }) => run_id));
    }
    return gone;
  }

  async restore(runIds: readonly string[]): Promise<void> {
    const { runs, experiments } = this.parts;
    const deleted = (await this.rows(runIds)).filter(({ deleted_at }) => deleted_at !== null);
    const check = ({ experiment_id }: RunRow) => activeExperiment(experiments, String(experiment_id));
    for (const row of deleted) check(row);
    const restore = (row: RunRow) => {
      check(row);
      runs.setDeleted(row.run_no, null);
    };
    for await (const slice of this.inSlices(deleted, restore)) for (const row of slice) this.announce('run', row);
  }

  /** With all that stand below them. Answers how many moved: those that are there already stay. */
  async move(runIds: readonly string[], experimentId: string): Promise<number> {
    const { runs, experiments, inputs, family, changes } = this.parts;
    const to = activeExperiment(experiments, experimentId);
    const parents = family.parents(runIds);
    const elsewhere = (await this.withNested(runIds)).filter(({ experiment_id }) => experiment_id !== to);
    const move = ({ run_no }: RunRow) => {
      activeExperiment(experiments, experimentId);
      runs.move(run_no, to);
      inputs.move(run_no, experimentId);
    };
    let moved = 0;
    for await (const slice of this.inSlices(elsewhere, move)) {
      for (const { run_id, experiment_id } of slice) {
        changes.emit({ type: 'experiment', experiment_id: String(experiment_id) });
        changes.emit({ type: 'run', run_id, experiment_id: experimentId });
      }
      moved += slice.length;
    }
    for (const { parent_run_id } of parents) {
      const row = runs.find(parent_run_id);
      if (row) this.announce('run', row);
    }
    return moved;
  }

  async setTag(runIds: readonly string[], tag: KeyValue): Promise<void> {
    await this.changeTags(runIds, ({ run_no }) => this.parts.runs.tags.set(run_no, tag));
  }

  /** Those that do not have it stay as they are. */
  async deleteTag(runIds: readonly string[], key: string): Promise<void> {
    await this.changeTags(runIds, ({ run_no }) => this.parts.runs.tags.delete(run_no, key));
  }

  private async changeTags(runIds: readonly string[], change: (row: RunRow) => void): Promise<void> {
    const rows = await this.rows(runIds);
    for (const row of rows) if (row.deleted_at !== null) throw deleted(row);
    for await (const slice of this.inSlices(rows, change)) for (const row of slice) this.announce('run', row);
  }

  /** Answers each slice once it is committed. */
  private async *inSlices(rows: readonly RunRow[], change: (row: RunRow) => void): AsyncGenerator<RunRow[]> {
    const { writer, openRuns, clock } = this.parts;
    let slice: RunRow[] = [];
    for (let at = 0; at < rows.length; at += slice.length) {
      slice = await writer.write(() => {
        openRuns.forget();
        const until = clock.now() + AT_ONCE_MS;
        const changed: RunRow[] = [];
        for (const row of rows.slice(at, at + AT_ONCE)) {
          if (changed.length > 0 && clock.now() > until) break;
          change(row);
          changed.push(row);
        }
        return changed;
      });
      yield slice;
    }
  }

  private async withNested(runIds: readonly string[]): Promise<RunRow[]> {
    await this.rows(runIds);
    const all = new Set<string>();
    for (const slice of slicesOf(runIds)) {
      for (const runId of this.parts.family.descendants(slice)) all.add(runId);
      await setImmediate();
    }
    return this.rows([...all]);
  }

  /** Throws when there is none of such an id. */
  private async rows(runIds: readonly string[]): Promise<RunRow[]> {
    const rows: RunRow[] = [];
    for (const slice of slicesOf([...new Set(runIds)])) {
      for (const runId of slice) {
        const row = this.parts.runs.find(runId);
        if (!row) throw runNotFound(runId);
        rows.push(row);
      }
      await setImmediate();
    }
    return rows;
  }

  private announce(type: 'run' | 'run-removed', { run_id, experiment_id }: RunRow): void {
    this.parts.changes.emit({ type, run_id, experiment_id: String(experiment_id) });
  }
}

function deleted({ name }: RunRow): CrisolError {
  return new CrisolError('INVALID_PARAMETER_VALUE', `The run ${name} is deleted; restore it before it is changed.`);
}

function* slicesOf<T>(items: readonly T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += AT_ONCE) yield items.slice(at, at + AT_ONCE);
}
