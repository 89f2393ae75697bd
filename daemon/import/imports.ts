import type {
  ImportExperiment,
  Imported,
  ImportedExperiment,
  ImportedModel,
  ImportLoggedModel,
  ImportModel,
  ImportPoints,
  ImportRun,
  ImportState,
  ImportVersion,
} from '../../schemas/wire/import.ts';
import type { Clock } from '../base/clock.ts';
import { CrisolError } from '../base/errors.ts';
import type { AdoptedVersion, Registry } from '../registry/index.ts';
import type { Store } from '../store/index.ts';
import type { Tracking } from '../tracking/index.ts';
import type { ImportRepository } from './repository.ts';

export interface ImportsParts {
  store: Store;
  repository: ImportRepository;
  tracking: Pick<Tracking, 'adoption' | 'experiments' | 'runs' | 'loggedModels'>;
  registry: Pick<Registry, 'adoption'>;
  clock: Clock;
}

/** What another tracking store holds, taken in piece by piece: whatever ends an import, the next one goes on from there. */
export class Imports {
  private readonly parts: ImportsParts;

  constructor(parts: ImportsParts) {
    this.parts = parts;
  }

  async experiment(experiment: ImportExperiment): Promise<ImportedExperiment> {
    const { adoption, experiments } = this.parts.tracking;
    const { experiment_id, isNew } = await adoption.experiment(experiment);
    const { artifact_location } = experiments.get(experiment_id);
    return { experiment_id, is_new: isNew, artifact_location };
  }

  /** Those runs and logged models of which nothing is missing here. */
  known(ids: readonly string[]): string[] {
    return ids.filter((id) => this.stateOfRun(id) === 'known' || this.stateOfLoggedModel(id) === 'known');
  }

  async run(run: ImportRun): Promise<Imported> {
    const state = this.stateOfRun(run.run_id);
    if (state !== 'known') {
      await this.mark(run.run_id, false);
      await this.parts.tracking.adoption.run(run);
    }
    return { state, artifact_path: this.artifactPath(run.run_id) };
  }

  points(runId: string, { series }: ImportPoints): Promise<number> {
    this.refuseUnasked(runId);
    const logged = series.flatMap(({ key, points }) =>
      points.map(([step, timestamp, value]) => ({ key, step, timestamp, value: Number(value) })),
    );
    return this.parts.tracking.adoption.points(runId, logged);
  }

  /** One that still ran where it comes from is looked at again by the next import. */
  async complete(runId: string, deleted: boolean): Promise<void> {
    this.refuseUnasked(runId);
    const { tracking, clock } = this.parts;
    await tracking.adoption.settle(runId, deleted ? clock.now() : null);
    const { state } = tracking.runs.get(runId);
    await this.mark(runId, deleted || (state !== 'running' && state !== 'pending'));
  }

  async loggedModel(model: ImportLoggedModel): Promise<Imported> {
    const { adoption } = this.parts.tracking;
    const state = this.stateOfLoggedModel(model.model_id);
    if (state !== 'known') {
      await this.mark(model.model_id, false);
      const metrics = model.metrics.map((metric) => ({ ...metric, value: Number(metric.value) }));
      await adoption.loggedModel({ ...model, metrics });
    }
    return { state, artifact_path: `${model.experiment_id}/models/${model.model_id}/artifacts` };
  }

  async completeLoggedModel(modelId: string): Promise<void> {
    this.refuseUnasked(modelId);
    await this.mark(modelId, true);
  }

  async model(model: ImportModel): Promise<ImportedModel> {
    const versions = model.versions.map((version) => this.located(version));
    const { isNew, added, renumbered } = await this.parts.registry.adoption.model({ ...model, versions });
    return { is_new: isNew, added, renumbered };
  }

  private stateOfRun(runId: string): ImportState {
    const standing = this.parts.tracking.adoption.standing(runId);
    // whoever deleted it here meant it
    return standing === 'deleted' ? 'known' : this.stateOf(runId, standing === 'active');
  }

  private stateOfLoggedModel(modelId: string): ImportState {
    return this.stateOf(modelId, this.parts.tracking.adoption.hasLoggedModel(modelId));
  }

  /** What is here and was never brought is nobody's business but ours. */
  private stateOf(id: string, isHere: boolean): ImportState {
    if (!isHere) return 'new';
    return this.parts.repository.complete(id) === false ? 'continued' : 'known';
  }

  /** So that nothing is added to what is not being brought. */
  private refuseUnasked(id: string): void {
    if (this.parts.repository.complete(id) === false) return;
    throw new CrisolError('INVALID_PARAMETER_VALUE', `${id} is not being imported: hand it over first.`);
  }

  private mark(id: string, complete: boolean): Promise<void> {
    return this.parts.store.write(() => this.parts.repository.mark(id, complete));
  }

  /** Numbers of experiments are others here, so that addresses of files are, too. */
  private located({ files, ...version }: ImportVersion): AdoptedVersion {
    if (files.of === 'uri') return { ...version, source: files.uri, location: files.uri };
    const ofRun = files.of === 'run';
    const below = files.path === '' ? '' : `/${files.path}`;
    const source = ofRun ? `runs:/${files.run_id}${below}` : `models:/${files.model_id}${below}`;
    const root = ofRun ? this.rootOfRun(files.run_id) : this.rootOfModel(files.model_id);
    return { ...version, source, location: root === undefined ? source : root + below };
  }

  /** Among our own artifacts. A run that was moved here has them where they were. */
  private artifactPath(runId: string): string {
    const { artifact_location, experiment_id } = this.parts.tracking.runs.get(runId);
    const [, own] = /^mlflow-artifacts:\/([^/].*)$/.exec(artifact_location ?? '') ?? [];
    return `${own ?? experiment_id}/${runId}/artifacts`;
  }

  private rootOfRun(runId: string): string | undefined {
    const run = this.parts.tracking.runs.find(runId);
    return run && `${run.artifact_location ?? `mlflow-artifacts:/${run.experiment_id}`}/${runId}/artifacts`;
  }

  private rootOfModel(modelId: string): string | undefined {
    const { loggedModels, experiments } = this.parts.tracking;
    const model = loggedModels.find(modelId);
    if (!model) return undefined;
    const location = experiments.get(model.experiment_id).artifact_location;
    return `${location ?? `mlflow-artifacts:/${model.experiment_id}`}/models/${modelId}/artifacts`;
  }
}
