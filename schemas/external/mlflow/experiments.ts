import type { Static, TProperties } from 'typebox';
import { Type } from 'typebox';
import type { Lifecycle } from './common.ts';
import { maybeTags, maybeText, maybeTexts, maybeWhole, text } from './common.ts';

const ofExperiment = <P extends TProperties>(more: P) => Type.Object({ experiment_id: text, ...more });

export const CreateExperiment = Type.Object({ name: text, artifact_location: maybeText, tags: maybeTags });
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

export interface MlflowExperiment {
  experiment_id: string;
  name: string;
  artifact_location: string;
  lifecycle_stage: Lifecycle;
  creation_time: number;
  last_update_time: number;
  tags?: { key: string; value: string }[];
}
