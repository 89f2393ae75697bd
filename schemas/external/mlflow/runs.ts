import type { Static } from 'typebox';
import { Type } from 'typebox';
import type { RunStatus } from '../../run-status.ts';
import type { Lifecycle } from './common.ts';
import { maybeTags, maybeText, maybeTexts, maybeWhole, ofRun, text } from './common.ts';
import type { MlflowRunInputs, MlflowRunOutputs } from './inputs.ts';

export const CreateRun = Type.Object({
  experiment_id: maybeText,
  user_id: maybeText,
  run_name: maybeText,
  start_time: maybeWhole,
  tags: maybeTags,
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

export const LogParam = ofRun({ key: text, value: maybeText });
export const SetTag = ofRun({ key: text, value: maybeText });
export const DeleteTag = ofRun({ key: text });

export interface MlflowRunInfo {
  run_id: string;
  /** the same again: the client reads either */
  run_uuid: string;
  run_name: string;
  experiment_id: string;
  user_id: string;
  status: RunStatus;
  start_time: number;
  end_time?: number;
  artifact_uri: string;
  lifecycle_stage: Lifecycle;
}

export interface MlflowRun {
  info: MlflowRunInfo;
  data: {
    metrics?: { key: string; value: number | 'NaN'; timestamp: number; step: number }[];
    params?: { key: string; value: string }[];
    tags?: { key: string; value: string }[];
  };
  inputs: MlflowRunInputs;
  outputs: MlflowRunOutputs;
}
