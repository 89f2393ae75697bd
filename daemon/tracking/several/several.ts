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

/** What a person does to many runs at once: to all of them, or to none. */
export class SeveralRuns {
  private readonly parts: SeveralRunsParts;

  constructor(parts: SeveralRunsParts) {
    this.parts = parts;
  }

  /** Those that are deleted already stay as they are. Answers which went, so that just these can be restored. */
  async delete(runIds: readonly string[], options: { nested: boolean }): Promise<string[]> {
    const { runs, clock } = this.parts;
    const at = clock.now();
    const gone = await this.write(() => {
      const rows = this.rows(options.nested ? this.withNested(runIds) : runIds);
      const there = rows.filter(({ deleted_at }) => deleted_at === null);
      for (const { run_no } of there) runs.setDeleted(run_no, at);
      return there;
    });
    for (const row of gone) this.announce('run-removed', row);
    return gone.map(({ run_id }) => run_id);
  }

  async restore(runIds: readonly string[]): Promise<void> {
    const { runs, experiments } = this.parts;
    const back = await this.write(() => {
      const rows = this.rows(runIds).filter(({ deleted_at }) => deleted_at !== null);
      for (const { run_no, experiment_id } of rows) {
        activeExperiment(experiments, String(experiment_id));
        runs.setDeleted(run_no, null);
      }
      return rows;
    });
    for (const row of back) this.announce('run', row);
  }

  /** With all that stand below them. Answers how many moved: those that are there already stay. */
  async move(runIds: readonly string[], experimentId: string): Promise<number> {
    const { runs, experiments, inputs, family, changes } = this.parts;
    const parents = family.parents(runIds);
    const moved = await this.write(() => {
      const to = activeExperiment(experiments, experimentId);
      const rows = this.rows(this.withNested(runIds)).filter(({ experiment_id }) => experiment_id !== to);
      for (const { run_no } of rows) {
        runs.move(run_no, to);
        inputs.move(run_no, experimentId);
      }
      return rows;
    });
    for (const { run_id, experiment_id } of moved) {
      changes.emit({ type: 'experiment', experiment_id: String(experiment_id) });
      changes.emit({ type: 'run', run_id, experiment_id: experimentId });
    }
    for (const { parent_run_id } of parents) {
      const row = runs.find(parent_run_id);
      if (row) this.announce('run', row);
    }
    return moved.length;
  }

  async setTag(runIds: readonly string[], tag: KeyValue): Promise<void> {
    await this.changeTags(runIds, ({ run_no }) => this.parts.runs.setTag(run_no, tag));
  }

  /** Those that do not have it stay as they are. */
  async deleteTag(runIds: readonly string[], key: string): Promise<void> {
    await this.changeTags(runIds, ({ run_no }) => this.parts.runs.deleteTag(run_no, key));
  }

  private async changeTags(runIds: readonly string[], change: (row: RunRow) => void): Promise<void> {
    const changed = await this.write(() => {
      const rows = this.rows(runIds);
      for (const row of rows) {
        if (row.deleted_at !== null) throw deleted(row);
        change(row);
      }
      return rows;
    });
    for (const row of changed) this.announce('run', row);
  }

  private async write(action: () => RunRow[]): Promise<RunRow[]> {
    const { writer, openRuns } = this.parts;
    return writer.write(() => {
      openRuns.forget();
      return action();
    });
  }

  private withNested(runIds: readonly string[]): string[] {
    this.rows(runIds);
    return this.parts.family.descendants(runIds);
  }

  private rows(runIds: readonly string[]): RunRow[] {
    return [...new Set(runIds)].map((runId) => {
      const row = this.parts.runs.find(runId);
      if (!row) throw runNotFound(runId);
      return row;
    });
  }

  private announce(type: 'run' | 'run-removed', { run_id, experiment_id }: RunRow): void {
    this.parts.changes.emit({ type, run_id, experiment_id: String(experiment_id) });
  }
}

function deleted({ name }: RunRow): CrisolError {
  return new CrisolError('INVALID_PARAMETER_VALUE', `The run ${name} is deleted; restore it before it is changed.`);
}
