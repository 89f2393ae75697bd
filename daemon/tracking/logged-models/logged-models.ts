import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import { CrisolError } from '../../base/errors.ts';
import type { RandomBytes } from '../../base/ids.ts';
import { newId } from '../../base/ids.ts';
import { activeExperiment, experimentNo } from '../experiments/experiments.ts';
import type { ExperimentRepository } from '../experiments/repository.ts';
import { fromStored } from '../metrics/values.ts';
import type { KeyValue, TrackingChange } from '../records.ts';
import { inventName } from '../runs/names.ts';
import type { Writer } from '../writer.ts';
import type {
  LoggedModelDetail,
  LoggedModelPage,
  LoggedModelQuery,
  LoggedModelRecord,
  LoggedModelStatus,
  ModelMetric,
  NewLoggedModel,
} from './records.ts';
import type { LoggedModelRepository, LoggedModelRow, ModelMetricRow } from './repository.ts';
import type { LoggedModelSearch } from './search/repository.ts';

export interface LoggedModelsParts {
  writer: Writer;
  experiments: ExperimentRepository;
  models: LoggedModelRepository;
  search: LoggedModelSearch;
  changes: Emitter<TrackingChange>;
  clock: Clock;
  random?: RandomBytes;
}

/** So many are read at once: each has params, tags and metrics of its own. */
const AT_ONCE = 50;

/** Models that scripts log: pending until their files are there. */
export class LoggedModels {
  private readonly parts: LoggedModelsParts;

  constructor(parts: LoggedModelsParts) {
    this.parts = parts;
  }

  async create({ experiment_id, params = [], tags = [], ...model }: NewLoggedModel): Promise<LoggedModelDetail> {
    const { writer, experiments, models, clock, random } = this.parts;
    const model_id = `m-${newId(random)}`;
    await writer.write(() => {
      const now = clock.now();
      const modelNo = models.insert({
        model_id,
        experiment_id: activeExperiment(experiments, experiment_id),
        name: model.name || inventName(),
        model_type: model.model_type ?? '',
        source_run_id: model.source_run_id ?? '',
        status: 'pending',
        created_at: now,
        updated_at: now,
      });
      for (const param of params) models.params.insert(modelNo, param);
      for (const tag of tags) models.tags.set(modelNo, tag);
    });
    return this.announced(model_id);
  }

  /** Says whether its files arrived. */
  async finalize(modelId: string, status: LoggedModelStatus): Promise<LoggedModelDetail> {
    const { models, clock } = this.parts;
    await this.write(modelId, (model) => models.setStatus(model.logged_model_no, status, clock.now()));
    return this.announced(modelId);
  }

  /** Hidden from then on; deleting it again is fine. */
  async delete(modelId: string): Promise<void> {
    const { models, clock } = this.parts;
    await this.write(modelId, (model) => models.setDeleted(model.logged_model_no, clock.now()));
    this.announced(modelId);
  }

  /** A param is written once; saying the same again is fine. */
  async logParams(modelId: string, params: readonly KeyValue[]): Promise<void> {
    const { models } = this.parts;
    await this.write(modelId, ({ logged_model_no }) => {
      for (const param of params) {
        const before = models.params.get(logged_model_no, param.key);
        if (before === undefined) models.params.insert(logged_model_no, param);
        else if (before !== param.value) throw paramKnown(modelId, param, before);
      }
    });
    this.announced(modelId);
  }

  async setTags(modelId: string, tags: readonly KeyValue[]): Promise<void> {
    const { models } = this.parts;
    await this.write(modelId, ({ logged_model_no }) => {
      for (const tag of tags) models.tags.set(logged_model_no, tag);
    });
    this.announced(modelId);
  }

  setTag(modelId: string, tag: KeyValue): Promise<void> {
    return this.setTags(modelId, [tag]);
  }

  async deleteTag(modelId: string, key: string): Promise<void> {
    const { models } = this.parts;
    await this.write(modelId, ({ logged_model_no }) => {
      if (models.tags.delete(logged_model_no, key)) return;
      throw new CrisolError(
        'RESOURCE_DOES_NOT_EXIST',
        `No tag with key '${key}' found for model with ID '${modelId}'.`,
      );
    });
    this.announced(modelId);
  }

  /** Without its metrics; none when it was deleted. */
  find(modelId: string): LoggedModelRecord | undefined {
    const row = this.parts.models.find(modelId);
    return row && row.deleted_at === null ? this.record(row) : undefined;
  }

  /** Throws when there is none. */
  get(modelId: string, { deleted = false } = {}): LoggedModelDetail {
    const row = this.row(modelId);
    if (row.deleted_at !== null && !deleted) throw modelNotFound(modelId);
    return this.detail(row);
  }

  /**
   * As many as asked for, deleted ones left out; newest first where the orders leave them equal. They are read piece by piece, so
   * that others are answered in between.
   */
  page(query: LoggedModelQuery): LoggedModelPage {
    const experimentNos = query.experiment_ids.map(experimentNo);
    const found = this.parts.search.find({ ...query, limit: query.limit + 1, experimentNos });
    const rows = found.slice(0, query.limit);
    return { total: rows.length, isMore: found.length > query.limit, pieces: this.pieces(rows) };
  }

  private *pieces(rows: readonly LoggedModelRow[]): Generator<LoggedModelDetail[]> {
    for (let at = 0; at < rows.length; at += AT_ONCE) {
      yield rows.slice(at, at + AT_ONCE).map((row) => this.detail(row));
    }
  }

  private write(modelId: string, action: (model: LoggedModelRow) => void): Promise<void> {
    return this.parts.writer.write(() => action(this.row(modelId)));
  }

  private announced(modelId: string): LoggedModelDetail {
    const model = this.get(modelId, { deleted: true });
    this.parts.changes.emit({ type: 'model', model_id: modelId, experiment_id: model.experiment_id });
    return model;
  }

  private row(modelId: string): LoggedModelRow {
    const row = this.parts.models.find(modelId);
    if (!row) throw modelNotFound(modelId);
    return row;
  }

  private record({ logged_model_no, deleted_at, ...row }: LoggedModelRow): LoggedModelRecord {
    const { models } = this.parts;
    const experiment_id = String(row.experiment_id);
    return {
      ...row,
      experiment_id,
      artifact_path: `${experiment_id}/models/${row.model_id}/artifacts`,
      deleted: deleted_at !== null,
      params: models.params.of(logged_model_no),
      tags: models.tags.of(logged_model_no),
    };
  }

  private detail(row: LoggedModelRow): LoggedModelDetail {
    const metrics = this.parts.models.metrics(row.logged_model_no).map((metric) => toMetric(row.model_id, metric));
    return { ...this.record(row), metrics };
  }
}

function toMetric(model_id: string, row: ModelMetricRow): ModelMetric {
  const { key, value, step, timestamp, run_id, dataset_name: name, dataset_digest: digest } = row;
  const dataset = name === '' ? undefined : { name, digest };
  return { key, value: fromStored(value), step, timestamp, model_id, run_id, dataset };
}

export function modelNotFound(modelId: string): CrisolError {
  return new CrisolError('RESOURCE_DOES_NOT_EXIST', `Logged model with ID '${modelId}' not found.`);
}

function paramKnown(modelId: string, { key, value }: KeyValue, before: string): CrisolError {
  return new CrisolError(
    'INVALID_PARAMETER_VALUE',
    `Changing param values is not allowed. Param with key='${key}' was already logged with value='${before}' ` +
      `for model ID='${modelId}'. Attempted logging new value '${value}'.`,
  );
}
