import type { JsonObject } from '../../schemas/language/json.ts';
import type { Emitter } from '../base/emitter.ts';
import { CrisolError } from '../base/errors.ts';
import { givenParams, givenTag, isGivenAlready, takeGiven } from './given-params.ts';
import type { LoggedModelRepository } from './logged-models/repository.ts';
import type { OpenRun, OpenRuns } from './metrics/open-runs.ts';
import type { Points } from './metrics/points.ts';
import type { Batch, KeyValue, LoggedMetric, TrackingChange } from './records.ts';
import type { RunRepository } from './runs/repository.ts';
import type { Writer } from './writer.ts';

export interface RunLogParts {
  writer: Writer;
  openRuns: OpenRuns;
  points: Points;
  runs: RunRepository;
  models: LoggedModelRepository;
  changes: Emitter<TrackingChange>;
}

/** What scripts log to a run. Each call answers once its data is committed. */
export class RunLog {
  private readonly parts: RunLogParts;

  constructor(parts: RunLogParts) {
    this.parts = parts;
  }

  /** The hottest path of the product: nothing in it that need not be there. */
  async metric(runId: string, point: LoggedMetric): Promise<void> {
    const { writer, openRuns, points } = this.parts;
    const { added, also } = await writer.write(() => {
      const open = openRuns.get(runId);
      if (point.model_id !== undefined) this.addToModel(open, point, point.model_id);
      if (open.also !== undefined) this.repeat(open, { metrics: [point] });
      return { added: points.add(open, point), also: open.also };
    });
    if (added) this.announcePoints([point], runId, also);
    if (point.model_id !== undefined) this.announceModels([point]);
  }

  /** All of it or nothing. */
  async batch(runId: string, { metrics = [], params = [], tags = [] }: Batch): Promise<void> {
    const { writer, openRuns, points, runs } = this.parts;
    const { run, added } = await writer.write(() => {
      const open = openRuns.get(runId);
      for (const param of params) this.addParam(runId, open, param);
      for (const tag of tags) runs.tags.set(open.run_no, tag);
      for (const point of metrics) if (point.model_id !== undefined) this.addToModel(open, point, point.model_id);
      if (open.also !== undefined) this.repeat(open, { metrics, params });
      return { run: open, added: points.addAll(open, metrics) };
    });
    this.announceModels(metrics);
    if (added.length > 0) this.announcePoints(added, runId, run.also);
    if (params.length + tags.length > 0) this.announce(runId, run);
    if (params.length > 0 && run.also !== undefined) this.announce(run.also, run);
  }

  /** Before its script says anything: params that it is run with. */
  async give(runId: string, values: JsonObject): Promise<void> {
    const params = givenParams(values);
    if (params.length > 0) await this.batch(runId, { params, tags: [givenTag(params)] });
  }

  /** What a step logged when it ran is also of a run that found its result, as if it had run for it. */
  async repeatParams(runId: string, stepRunId: string): Promise<void> {
    const { writer, openRuns, runs } = this.parts;
    const run = await writer.write(() => {
      const open = openRuns.get(runId);
      const step = runs.find(stepRunId);
      // it may be gone for good by now
      if (step) this.addOfStep(step.run_no, open.run_no, runs.params.of(step.run_no));
      return open;
    });
    this.announce(runId, run);
  }

  /** What a tag becomes depends on what it was. */
  async changeTag(runId: string, key: string, change: (before: string | undefined) => string): Promise<void> {
    const { writer, openRuns, runs } = this.parts;
    const run = await writer.write(() => {
      const open = openRuns.get(runId);
      runs.tags.set(open.run_no, { key, value: change(runs.tags.get(open.run_no, key)) });
      return open;
    });
    this.announce(runId, run);
  }

  async deleteTag(runId: string, key: string): Promise<void> {
    const { writer, openRuns, runs } = this.parts;
    const run = await writer.write(() => {
      const open = openRuns.get(runId);
      if (runs.tags.delete(open.run_no, key)) return open;
      throw new CrisolError('RESOURCE_DOES_NOT_EXIST', `No tag with name: ${key} in run with id ${runId}`);
    });
    this.announce(runId, run);
  }

  /** A param is written once; saying the same again is fine. */
  private addParam(runId: string, run: OpenRun, param: KeyValue): void {
    const { runs } = this.parts;
    const before = runs.params.get(run.run_no, param.key);
    if (before === undefined) runs.params.insert(run.run_no, param);
    else if (before !== param.value && takeGiven(runs, run.run_no, param.key)) runs.params.set(run.run_no, param);
    else if (before !== param.value) {
      throw new CrisolError(
        'INVALID_PARAMETER_VALUE',
        `Changing param values is not allowed. Param with key='${param.key}' was already logged with value='${before}' ` +
          `for run ID='${runId}'. Attempted logging new value '${param.value}'.`,
      );
    }
  }

  /** A point of a model is kept for the model as well, also when its run has it already. */
  private addToModel(run: OpenRun, point: LoggedMetric, modelId: string): void {
    const model = this.parts.models.find(modelId);
    if (!model) throw new CrisolError('BAD_REQUEST', `Logged model with ID '${modelId}' not found.`);
    this.parts.models.addMetric(model.logged_model_no, run, point);
  }

  /** What a step logs is its pipeline's, too. Of a param that several steps log, the first counts there. */
  private repeat(run: OpenRun, { metrics = [], params = [] }: Batch): void {
    const { openRuns, points } = this.parts;
    const also = openRuns.alsoOf(run);
    if (!also) return;
    this.addOfStep(run.run_no, also.run_no, params);
    points.addAll(also, metrics);
  }

  private addOfStep(step: number, run: number, params: readonly KeyValue[]): void {
    const { runs } = this.parts;
    for (const param of params) {
      const isThere = runs.params.get(run, param.key) !== undefined;
      if (!isThere && !isGivenAlready(runs, { step, run }, param)) runs.params.insert(run, param);
    }
  }

  private announcePoints(points: readonly LoggedMetric[], runId: string, also: string | undefined): void {
    const { changes } = this.parts;
    changes.emit({ type: 'points', run_id: runId, points });
    if (also !== undefined) changes.emit({ type: 'points', run_id: also, points });
  }

  private announceModels(points: readonly LoggedMetric[]): void {
    const ids = new Set(points.map(({ model_id }) => model_id));
    for (const model_id of ids) {
      const model = model_id === undefined ? undefined : this.parts.models.find(model_id);
      if (!model) continue;
      const experiment_id = String(model.experiment_id);
      this.parts.changes.emit({ type: 'model', model_id: model.model_id, experiment_id });
    }
  }

  private announce(runId: string, run: OpenRun): void {
    this.parts.changes.emit({ type: 'run', run_id: runId, experiment_id: run.experiment_id });
  }
}
