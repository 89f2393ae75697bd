import type { Emitter } from '../../base/emitter.ts';
import { CrisolError } from '../../base/errors.ts';
import { experimentNo, experimentNotFound } from '../experiments/experiments.ts';
import type { ExperimentRepository, ExperimentRow } from '../experiments/repository.ts';
import type { InputRepository } from '../inputs/repository.ts';
import type { LoggedModelRepository } from '../logged-models/repository.ts';
import type { OpenRuns } from '../metrics/open-runs.ts';
import { runNotFound } from '../metrics/open-runs.ts';
import type { Points } from '../metrics/points.ts';
import type { LoggedMetric, TrackingChange } from '../records.ts';
import type { RunRepository } from '../runs/repository.ts';
import type { Writer } from '../writer.ts';
import type { AdoptedExperiment, AdoptedLoggedModel, AdoptedRun } from './records.ts';

export interface AdoptionParts {
  writer: Writer;
  openRuns: OpenRuns;
  experiments: ExperimentRepository;
  runs: RunRepository;
  points: Points;
  inputs: InputRepository;
  models: LoggedModelRepository;
  changes: Emitter<TrackingChange>;
}

/** Takes in what was tracked elsewhere, with the ids and times that it has there. Taking in the same again changes nothing. */
export class Adoption {
  private readonly parts: AdoptionParts;

  constructor(parts: AdoptionParts) {
    this.parts = parts;
  }

  /** Deleted ones are here, too. */
  standing(runId: string): 'none' | 'active' | 'deleted' {
    const run = this.parts.runs.find(runId);
    if (!run) return 'none';
    return run.deleted_at === null ? 'active' : 'deleted';
  }

  hasLoggedModel(modelId: string): boolean {
    return this.parts.models.find(modelId) !== undefined;
  }

  /** The id of the experiment of that name, made if there is none. */
  async experiment(adopted: AdoptedExperiment): Promise<{ experiment_id: string; isNew: boolean }> {
    const { writer, experiments, changes } = this.parts;
    const made = await writer.write(() => {
      const there = experiments.findByName(adopted.name);
      if (there) return { no: this.merge(there, adopted), isNew: false };
      return { no: this.addExperiment(adopted), isNew: true };
    });
    const experiment_id = String(made.no);
    changes.emit({ type: 'experiment', experiment_id });
    return { experiment_id, isNew: made.isNew };
  }

  /** Without its points. What is known of it stays, and what is missing is added. */
  async run(run: AdoptedRun): Promise<void> {
    const { writer, experiments, runs, changes } = this.parts;
    await writer.write(() => {
      const experiment = experiments.find(experimentNo(run.experiment_id));
      if (!experiment) throw experimentNotFound(run.experiment_id);
      const runNo = runs.find(run.run_id)?.run_no ?? runs.insert({ ...run, experiment_id: experiment.experiment_id });
      runs.update(runNo, run);
      this.describe(runNo, run);
      this.link(runNo, String(experiment.experiment_id), run);
    });
    changes.emit({ type: 'run', run_id: run.run_id, experiment_id: run.experiment_id });
  }

  /** Answers how many of them are new. */
  async points(runId: string, logged: readonly LoggedMetric[]): Promise<number> {
    const { writer, openRuns, points, changes } = this.parts;
    const added = await writer.write(() => points.addAll(openRuns.get(runId), logged));
    if (added.length > 0) changes.emit({ type: 'points', run_id: runId, points: added });
    return added.length;
  }

  /** The run is here with all it has; one that was deleted where it comes from is deleted here. */
  async settle(runId: string, deletedAt: number | null): Promise<void> {
    const { writer, openRuns, runs, changes } = this.parts;
    const row = await writer.write(() => {
      const found = runs.find(runId);
      if (!found) throw runNotFound(runId);
      if (deletedAt !== null && found.deleted_at === null) {
        openRuns.forget();
        runs.setDeleted(found.run_no, deletedAt);
      }
      return found;
    });
    changes.emit({ type: 'run', run_id: runId, experiment_id: String(row.experiment_id) });
  }

  /** Metrics of runs that are not here are left out. */
  async loggedModel(model: AdoptedLoggedModel): Promise<void> {
    const { writer, experiments, models, changes } = this.parts;
    await writer.write(() => {
      const experiment = experiments.find(experimentNo(model.experiment_id));
      if (!experiment) throw experimentNotFound(model.experiment_id);
      const { experiment_id } = experiment;
      const modelNo = models.find(model.model_id)?.logged_model_no ?? models.insert({ ...model, experiment_id });
      for (const param of model.params) {
        if (models.params.get(modelNo, param.key) === undefined) models.params.insert(modelNo, param);
      }
      for (const tag of model.tags) models.tags.set(modelNo, tag);
      this.measure(modelNo, model);
      models.setStatus(modelNo, model.status, model.updated_at);
      if (model.deleted) models.setDeleted(modelNo, model.updated_at);
    });
    changes.emit({ type: 'model', model_id: model.model_id, experiment_id: model.experiment_id });
  }

  private addExperiment({ name, artifact_location, created_at, updated_at, deleted, tags }: AdoptedExperiment): number {
    const { experiments } = this.parts;
    const no = experiments.insert(name, artifact_location, created_at);
    for (const tag of tags) experiments.setTag(no, tag, updated_at);
    if (deleted) experiments.setDeleted(no, updated_at, updated_at);
    return no;
  }

  /** Its own tags stay. */
  private merge(there: ExperimentRow, adopted: AdoptedExperiment): number {
    if (there.deleted_at !== null && !adopted.deleted) {
      throw new CrisolError(
        'IMPORT_EXPERIMENT_DELETED',
        `The experiment ${JSON.stringify(adopted.name)} is deleted here.`,
      );
    }
    const { experiments } = this.parts;
    const known = new Set(experiments.tags(there.experiment_id).map(({ key }) => key));
    const missing = adopted.tags.filter(({ key }) => !known.has(key));
    for (const tag of missing) experiments.setTag(there.experiment_id, tag, there.updated_at);
    return there.experiment_id;
  }

  private describe(runNo: number, { params, tags }: AdoptedRun): void {
    const { runs } = this.parts;
    for (const param of params) if (runs.params.get(runNo, param.key) === undefined) runs.params.insert(runNo, param);
    for (const tag of tags) runs.tags.set(runNo, tag);
  }

  private link(runNo: number, experimentId: string, { datasets, input_models, output_models }: AdoptedRun): void {
    const { inputs } = this.parts;
    for (const input of datasets) inputs.addInput(runNo, inputs.ensureDataset(experimentId, input.dataset), input);
    for (const modelId of input_models) inputs.addLink(runNo, 'input', modelId, 0);
    for (const { model_id, step } of output_models) inputs.addLink(runNo, 'output', model_id, step);
  }

  private measure(modelNo: number, { metrics }: AdoptedLoggedModel): void {
    for (const metric of metrics) {
      const run = this.parts.runs.find(metric.run_id);
      if (run) this.parts.models.addMetric(modelNo, run, metric);
    }
  }
}
