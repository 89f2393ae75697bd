import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import { CrisolError } from '../../base/errors.ts';
import type { OpenRuns } from '../metrics/open-runs.ts';
import type {
  ExperimentQuery,
  ExperimentRecord,
  KeyValue,
  Lifecycle,
  NewExperiment,
  TrackingChange,
} from '../records.ts';
import type { RunRepository } from '../runs/repository.ts';
import type { Writer } from '../writer.ts';
import type { ExperimentRepository, ExperimentRow } from './repository.ts';

export interface ExperimentsParts {
  writer: Writer;
  openRuns: OpenRuns;
  experiments: ExperimentRepository;
  runs: RunRepository;
  changes: Emitter<TrackingChange>;
  clock: Clock;
}

/** Experiments hold runs. A deleted one keeps its name until it is removed for good. */
export class Experiments {
  private readonly parts: ExperimentsParts;

  constructor(parts: ExperimentsParts) {
    this.parts = parts;
  }

  async create({ name, artifact_location, tags = [] }: NewExperiment): Promise<ExperimentRecord> {
    const { experiments, clock } = this.parts;
    const id = await this.parts.writer.write(() => {
      this.refuseTaken(name);
      const experiment = experiments.insert(name, artifact_location || null, clock.now());
      for (const tag of tags) experiments.setTag(experiment, tag, clock.now());
      return experiment;
    });
    return this.announced(String(id));
  }

  /** The experiment of that name, made if there is none. */
  async ensure(name: string): Promise<ExperimentRecord> {
    const there = this.findByName(name);
    if (there) return there;
    // another request may be making it in this very moment
    return this.create({ name }).catch((failure) => {
      const made = this.findByName(name);
      if (made) return made;
      throw failure;
    });
  }

  async rename(id: string, name: string): Promise<void> {
    const { writer, experiments, clock } = this.parts;
    await writer.write(() => {
      const row = this.row(id);
      if (row.deleted_at !== null)
        throw new CrisolError('INVALID_PARAMETER_VALUE', 'A deleted experiment cannot be renamed.');
      if (row.name !== name) this.refuseTaken(name);
      experiments.rename(row.experiment_id, name, clock.now());
    });
    this.announced(id);
  }

  /** Takes its runs along. */
  async delete(id: string): Promise<void> {
    await this.setDeleted(id, this.parts.clock.now());
  }

  async restore(id: string): Promise<void> {
    await this.setDeleted(id, null);
  }

  async setTag(id: string, tag: KeyValue): Promise<void> {
    const { writer, experiments, clock } = this.parts;
    await writer.write(() => experiments.setTag(this.row(id).experiment_id, tag, clock.now()));
    this.announced(id);
  }

  async deleteTag(id: string, key: string): Promise<void> {
    const { writer, experiments } = this.parts;
    await writer.write(() => {
      if (experiments.deleteTag(this.row(id).experiment_id, key)) return;
      throw new CrisolError('RESOURCE_DOES_NOT_EXIST', `No tag with name: ${key} in experiment with id ${id}`);
    });
    this.announced(id);
  }

  /** Throws when there is none; a deleted one is still found. */
  get(id: string): ExperimentRecord {
    return this.record(this.row(id));
  }

  find(id: string): ExperimentRecord | undefined {
    const row = this.parts.experiments.find(experimentNo(id));
    return row && this.record(row);
  }

  findByName(name: string): ExperimentRecord | undefined {
    const row = this.parts.experiments.findByName(name);
    return row && this.record(row);
  }

  /** newest first */
  list(which: Lifecycle = 'active'): ExperimentRecord[] {
    const all = this.parts.experiments.all().map((row) => this.record(row));
    return which === 'all' ? all : all.filter(({ deleted }) => deleted === (which === 'deleted'));
  }

  search(query: ExperimentQuery): ExperimentRecord[] {
    return this.parts.experiments.search(query).map((row) => this.record(row));
  }

  private async setDeleted(id: string, at: number | null): Promise<void> {
    const { writer, openRuns, experiments, runs, clock, changes } = this.parts;
    await writer.write(() => {
      const row = this.row(id);
      // as MLflow has it: what is deleted already cannot be deleted, and the other way round
      if ((row.deleted_at !== null) === (at !== null)) throw experimentNotFound(id);
      openRuns.forget();
      experiments.setDeleted(row.experiment_id, at, clock.now());
      runs.setAllDeleted(row.experiment_id, at);
    });
    changes.emit({ type: 'experiment', experiment_id: id });
  }

  private announced(id: string): ExperimentRecord {
    this.parts.changes.emit({ type: 'experiment', experiment_id: id });
    return this.get(id);
  }

  private row(id: string): ExperimentRow {
    const row = this.parts.experiments.find(experimentNo(id));
    if (!row) throw experimentNotFound(id);
    return row;
  }

  private refuseTaken(name: string): void {
    const other = this.parts.experiments.findByName(name);
    if (!other) return;
    const state = other.deleted_at === null ? '' : ' in deleted state; restore it, or choose another name';
    throw new CrisolError('RESOURCE_ALREADY_EXISTS', `Experiment(name=${name}) already exists${state}.`);
  }

  private record(row: ExperimentRow): ExperimentRecord {
    const { name, artifact_location, created_at, run_count, top_count } = row;
    return {
      experiment_id: String(row.experiment_id),
      name,
      run_count,
      top_count,
      updated_at: Math.max(row.updated_at, row.newest_run_at ?? 0),
      artifact_location,
      created_at,
      deleted: row.deleted_at !== null,
      tags: this.parts.experiments.tags(row.experiment_id),
    };
  }
}

/** Ids are whole numbers written as text; whatever is not is nobody's id. */
export function experimentNo(id: string): number {
  return /^\d{1,15}$/.test(id) ? Number(id) : -1;
}

/** The number of an experiment that things can be added to. */
export function activeExperiment(experiments: ExperimentRepository, id: string): number {
  const experiment = experiments.find(experimentNo(id));
  if (!experiment) throw experimentNotFound(id);
  if (experiment.deleted_at === null) return experiment.experiment_id;
  throw new CrisolError(
    'INVALID_PARAMETER_VALUE',
    `The experiment ${id} must be in the 'active' state. Current state is deleted.`,
  );
}

export function experimentNotFound(id: string): CrisolError {
  return new CrisolError('RESOURCE_DOES_NOT_EXIST', `No Experiment with id=${id} exists`);
}
