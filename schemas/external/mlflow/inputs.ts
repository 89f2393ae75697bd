import type { Static } from 'typebox';
import { Type } from 'typebox';
import { maybeTags, maybeText, maybeTexts, maybeWhole, ofRun, text } from './common.ts';

const Dataset = Type.Object({
  name: text,
  digest: text,
  source_type: maybeText,
  source: maybeText,
  schema: maybeText,
  profile: maybeText,
});
const DatasetInput = Type.Object({ dataset: Dataset, tags: maybeTags });
export type DatasetInput = Static<typeof DatasetInput>;

const MOST = { maxItems: 10_000 };

export const LogInputs = ofRun({
  datasets: Type.Optional(Type.Array(DatasetInput, MOST)),
  models: Type.Optional(Type.Array(Type.Object({ model_id: text }), MOST)),
});
export const LogOutputs = ofRun({ models: Type.Array(Type.Object({ model_id: text, step: maybeWhole }), MOST) });
/** how models were logged before they were things of their own */
export const LogModel = ofRun({ model_json: text });
export const SearchDatasets = Type.Object({ experiment_ids: maybeTexts });

export interface MlflowRunInputs {
  dataset_inputs?: {
    tags?: { key: string; value: string }[];
    dataset: { name: string; digest: string; source_type: string; source: string; schema?: string; profile?: string };
  }[];
  model_inputs?: { model_id: string }[];
}

export interface MlflowRunOutputs {
  model_outputs?: { model_id: string; step: number }[];
}

export interface MlflowDatasetSummary {
  experiment_id: string;
  name: string;
  digest: string;
  context?: string;
}
