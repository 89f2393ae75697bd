import type { Static } from 'typebox';
import { Type } from 'typebox';
import { maybeTags, maybeText, maybeWhole, text, texts } from './common.ts';

export const LoggedModelPath = Type.Object({ model_id: text });
export const LoggedModelTagPath = Type.Object({ model_id: text, tag_key: text });

export const CreateLoggedModel = Type.Object({
  experiment_id: text,
  name: maybeText,
  model_type: maybeText,
  source_run_id: maybeText,
  params: maybeTags,
  tags: maybeTags,
});
export const GetLoggedModel = Type.Object({ allow_deleted: maybeText });
export const FinalizeLoggedModel = Type.Object({ model_id: text, status: Type.Unknown() });
export const LogLoggedModelParams = Type.Object({ model_id: text, params: maybeTags });
export const SetLoggedModelTags = Type.Object({ tags: maybeTags });
export const ListLoggedModelArtifacts = Type.Object({ artifact_directory_path: maybeText });

const DatasetFilter = Type.Object({ dataset_name: text, dataset_digest: maybeText });
const LoggedModelOrder = Type.Object({
  field_name: text,
  ascending: Type.Optional(Type.Boolean()),
  dataset_name: maybeText,
  dataset_digest: maybeText,
});
export type LoggedModelOrder = Static<typeof LoggedModelOrder>;

export const SearchLoggedModels = Type.Object({
  experiment_ids: texts,
  filter: maybeText,
  datasets: Type.Optional(Type.Array(DatasetFilter, { maxItems: 10_000 })),
  max_results: maybeWhole,
  order_by: Type.Optional(Type.Array(LoggedModelOrder, { maxItems: 1000 })),
  page_token: maybeText,
});
export type SearchLoggedModels = Static<typeof SearchLoggedModels>;

/** in the order of the protocol's numbers, from 0 */
export const LOGGED_MODEL_STATUS = [
  'LOGGED_MODEL_STATUS_UNSPECIFIED',
  'LOGGED_MODEL_PENDING',
  'LOGGED_MODEL_READY',
  'LOGGED_MODEL_UPLOAD_FAILED',
] as const;
export type MlflowLoggedModelStatus = (typeof LOGGED_MODEL_STATUS)[number];

export interface MlflowLoggedModel {
  info: {
    model_id: string;
    experiment_id: string;
    name: string;
    creation_timestamp_ms: number;
    last_updated_timestamp_ms: number;
    artifact_uri: string;
    status: MlflowLoggedModelStatus;
    model_type: string;
    source_run_id: string;
    tags?: { key: string; value: string }[];
  };
  data: {
    params?: { key: string; value: string }[];
    metrics?: MlflowModelMetric[];
  };
}

export interface MlflowModelMetric {
  key: string;
  value: number | 'NaN';
  timestamp: number;
  step: number;
  model_id: string;
  run_id: string;
  dataset_name?: string;
  dataset_digest?: string;
}
