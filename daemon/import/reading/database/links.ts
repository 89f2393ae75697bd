import type { ImportRun } from '../../../../schemas/wire/import.ts';
import { CONTEXT_TAG } from '../words.ts';
import type { MlflowDatabase } from './repository.ts';
import { pairsOf, text } from './rows.ts';

type Links = Pick<ImportRun, 'datasets' | 'input_models' | 'output_models'>;

/** What a run took in and gave out. */
export function readLinks(db: MlflowDatabase, runId: string): Links {
  const given = { source_id: runId };
  return {
    datasets: db
      .rows('inputs', { destination_id: runId, destination_type: 'RUN', source_type: 'DATASET' })
      .flatMap((row) => readDataset(db, text(row.source_id), text(row.input_uuid))),
    input_models: db
      .rows('inputs', { ...given, source_type: 'RUN_INPUT', destination_type: 'MODEL_INPUT' })
      .map((row) => text(row.destination_id)),
    output_models: db
      .rows('inputs', { ...given, source_type: 'RUN_OUTPUT', destination_type: 'MODEL_OUTPUT' })
      .map((row) => ({ model_id: text(row.destination_id), step: Number(row.step ?? 0) })),
  };
}

function readDataset(db: MlflowDatabase, id: string, inputId: string): ImportRun['datasets'] {
  const tags = pairsOf(db.rows('input_tags', { input_uuid: inputId }), 'name');
  const context = tags.find(({ key }) => key === CONTEXT_TAG)?.value;
  return db.rows('datasets', { dataset_uuid: id }).map((row) => ({
    dataset: {
      name: text(row.name),
      digest: text(row.digest),
      source_type: text(row.dataset_source_type),
      source: text(row.dataset_source),
      schema: text(row.dataset_schema) || undefined,
      profile: text(row.dataset_profile) || undefined,
    },
    context,
    tags,
  }));
}
