import { toMetricNumber } from '../../../../schemas/wire/common.ts';
import type { ImportLoggedModel, ImportModel, ImportVersion } from '../../../../schemas/wire/import.ts';
import type { SourceLoggedModel } from '../source.ts';
import { filesOf, isDeletedStage, modelStateOf, numberOf, stageOf } from '../words.ts';
import type { MlflowDatabase, Row } from './repository.ts';
import { pairsOf, qualified, text, time } from './rows.ts';
import type { DatabaseParts } from './runs.ts';

/** Models that runs of an experiment logged: MLflow 3. */
export function* readLoggedModels({ db, roots }: DatabaseParts, experimentId: string): Iterable<SourceLoggedModel> {
  for (const row of db.rows('logged_models', { experiment_id: Number(experimentId) })) {
    const model_id = text(row.model_id);
    const created_at = time(row.creation_timestamp_ms) ?? 0;
    yield {
      model: {
        model_id,
        name: text(row.name),
        model_type: text(row.model_type),
        source_run_id: text(row.source_run_id),
        status: modelStateOf(text(row.status)),
        created_at,
        updated_at: time(row.last_updated_timestamp_ms) ?? created_at,
        deleted: row.lifecycle_stage === 'deleted',
        params: pairsOf(db.rows('logged_model_params', { model_id }), 'param_key', 'param_value'),
        tags: pairsOf(db.rows('logged_model_tags', { model_id }), 'tag_key', 'tag_value'),
        metrics: db.rows('logged_model_metrics', { model_id }).map(metricOf),
      },
      artifacts: roots.find(text(row.artifact_location)),
    };
  }
}

function metricOf(row: Row): ImportLoggedModel['metrics'][number] {
  const [name, digest] = [text(row.dataset_name), text(row.dataset_digest)];
  return {
    key: text(row.metric_name),
    value: toMetricNumber(row.metric_value === null ? Number.NaN : numberOf(Number(row.metric_value))),
    step: Number(row.metric_step),
    timestamp: time(row.metric_timestamp_ms) ?? 0,
    run_id: text(row.run_id),
    dataset: name && digest ? { name, digest } : undefined,
  };
}

export function* readModels({ db }: DatabaseParts): Iterable<ImportModel> {
  for (const row of db.rows('registered_models')) {
    const own = ofModel(db, row);
    yield {
      name: qualified(text(row.name), row),
      description: text(row.description),
      created_at: time(row.creation_time) ?? 0,
      tags: pairsOf(own('registered_model_tags')),
      aliases: own('registered_model_aliases').map(({ alias, version }) => {
        return { alias: text(alias), version: Number(version) };
      }),
      versions: own('model_versions')
        .filter(({ current_stage }) => !isDeletedStage(text(current_stage)))
        .map((version) => versionOf(version, pairsOf(own('model_version_tags', version)))),
    };
  }
}

/** Rows of a model or of one of its versions. */
function ofModel(db: MlflowDatabase, { name, workspace }: Row) {
  return (table: string, version?: Row): Row[] => {
    const where: Record<string, string | number> = { name: text(name) };
    if (workspace && db.has(table, 'workspace')) where.workspace = workspace;
    if (version) where.version = Number(version.version);
    return db.rows(table, where);
  };
}

function versionOf(row: Row, tags: ImportVersion['tags']): ImportVersion {
  const run_id = text(row.run_id) || null;
  const files = filesOf({ source: text(row.source), location: text(row.storage_location), run_id });
  return {
    version: Number(row.version),
    stage: stageOf(text(row.current_stage)),
    created_at: time(row.creation_time) ?? 0,
    created_by: text(row.user_id),
    description: text(row.description),
    run_id,
    model_id: files.of === 'logged-model' ? files.model_id : null,
    run_link: text(row.run_link),
    files,
    tags,
  };
}
