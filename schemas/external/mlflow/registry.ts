import type { Static, TProperties } from 'typebox';
import { Type } from 'typebox';
import { maybeTags, maybeText, maybeTexts, maybeWhole, text } from './common.ts';

const ofModel = <P extends TProperties>(more: P) => Type.Object({ name: text, ...more });
/** a version's number is text */
const ofVersion = <P extends TProperties>(more: P) => Type.Object({ name: text, version: text, ...more });

export const CreateModel = ofModel({ description: maybeText, tags: maybeTags });
export const ModelByName = ofModel({});
export const RenameModel = ofModel({ new_name: text });
export const UpdateModel = ofModel({ description: maybeText });
export const SetModelTag = ofModel({ key: text, value: maybeText });
export const DeleteModelTag = ofModel({ key: text });
export const SetAlias = ofVersion({ alias: text });
export const ModelAlias = ofModel({ alias: text });
export const LatestVersions = ofModel({ stages: maybeTexts });
export type LatestVersions = Static<typeof LatestVersions>;

export const CreateVersion = ofModel({
  source: text,
  run_id: maybeText,
  model_id: maybeText,
  run_link: maybeText,
  description: maybeText,
  tags: maybeTags,
});
export type CreateVersion = Static<typeof CreateVersion>;
export const VersionByNumber = ofVersion({});
export const UpdateVersion = ofVersion({ description: maybeText });
export const TransitionStage = ofVersion({
  stage: text,
  archive_existing_versions: Type.Optional(Type.Boolean()),
});
export const SetVersionTag = ofVersion({ key: text, value: maybeText });
export const DeleteVersionTag = ofVersion({ key: text });

export const SearchRegistry = Type.Object({
  filter: maybeText,
  max_results: maybeWhole,
  order_by: maybeTexts,
  page_token: maybeText,
});
export type SearchRegistry = Static<typeof SearchRegistry>;

export const MLFLOW_STAGES = ['None', 'Staging', 'Production', 'Archived'] as const;
export type MlflowStage = (typeof MLFLOW_STAGES)[number];

/** Prompts are kept as models that bear this tag; nothing lies where their versions say that they are. */
export const PROMPT_TAG = 'mlflow.prompt.is_prompt';
export const PROMPT_SOURCES: readonly string[] = ['dummy-source', 'prompt-template'];

/** Of a logged model: a JSON list of the versions that it was registered as. */
export const VERSIONS_TAG = 'mlflow.modelVersions';

export interface MlflowModelVersion {
  name: string;
  version: string;
  creation_timestamp: number;
  last_updated_timestamp: number;
  user_id: string;
  current_stage: MlflowStage;
  description: string;
  source: string;
  run_id: string;
  run_link: string;
  model_id?: string;
  status: 'READY';
  tags?: { key: string; value: string }[];
  aliases?: string[];
}

export interface MlflowRegisteredModel {
  name: string;
  creation_timestamp: number;
  last_updated_timestamp: number;
  description?: string;
  /** the newest of each stage */
  latest_versions?: MlflowModelVersion[];
  tags?: { key: string; value: string }[];
  aliases?: { alias: string; version: string }[];
}
