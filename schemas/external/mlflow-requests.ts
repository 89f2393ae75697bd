import type { Static, TProperties } from 'typebox';
import { Type } from 'typebox';
import { MlflowKeyValue, MlflowMetric } from './mlflow.ts';

/**
 * What MLflow's client sends. Unknown fields are ignored, numbers may be written as text, and `alias` is an older name that
 * the client still sends.
 */
const text = Type.String();
const maybeText = Type.Optional(Type.String());
const maybeWhole = Type.Optional(Type.Integer());
const maybeTexts = Type.Optional(Type.Array(Type.String()));
const runId = Type.String({ alias: 'run_uuid' });
const tags = Type.Optional(Type.Array(MlflowKeyValue));

const ofExperiment = <P extends TProperties>(more: P) => Type.Object({ experiment_id: text, ...more });
const ofRun = <P extends TProperties>(more: P) => Type.Object({ run_id: runId, ...more });

export const CreateExperiment = Type.Object({ name: text, artifact_location: maybeText, tags });
export const ExperimentById = ofExperiment({});
export const ExperimentByName = Type.Object({ experiment_name: text });
export const RenameExperiment = ofExperiment({ new_name: text });
export const SetExperimentTag = ofExperiment({ key: text, value: maybeText });
export const DeleteExperimentTag = ofExperiment({ key: text });
export const SearchExperiments = Type.Object({
  max_results: maybeWhole,
  view_type: maybeText,
  filter: maybeText,
  order_by: maybeTexts,
  page_token: maybeText,
});
export type SearchExperiments = Static<typeof SearchExperiments>;

export const CreateRun = Type.Object({
  experiment_id: maybeText,
  user_id: maybeText,
  run_name: maybeText,
  start_time: maybeWhole,
  tags,
});
export type CreateRun = Static<typeof CreateRun>;
export const RunById = ofRun({});
export const UpdateRun = ofRun({ status: maybeText, end_time: maybeWhole, run_name: maybeText });
export const SearchRuns = Type.Object({
  experiment_ids: maybeTexts,
  filter: maybeText,
  run_view_type: maybeText,
  max_results: maybeWhole,
  order_by: maybeTexts,
  page_token: maybeText,
});
export type SearchRuns = Static<typeof SearchRuns>;

export const LogMetric = ofRun(MlflowMetric.properties);
export const LogParam = ofRun({ key: text, value: maybeText });
export const SetTag = ofRun({ key: text, value: maybeText });
export const DeleteTag = ofRun({ key: text });
export const LogBatch = ofRun({
  metrics: Type.Optional(Type.Array(MlflowMetric)),
  params: Type.Optional(Type.Array(MlflowKeyValue)),
  tags,
});
export const GetHistory = ofRun({ metric_key: text, max_results: maybeWhole, page_token: maybeText });
