import type { KeyValue as SentTag } from '../../../schemas/external/mlflow/common.ts';
import type {
  MlflowModelVersion,
  MlflowRegisteredModel,
  MlflowStage,
} from '../../../schemas/external/mlflow/registry.ts';
import { MLFLOW_STAGES } from '../../../schemas/external/mlflow/registry.ts';
import type { Stage } from '../../../schemas/wire/registry.ts';
import { CrisolError } from '../../base/errors.ts';
import type { FoundVersion, KeyValue, ModelOverview, VersionRecord } from '../../registry/index.ts';
import { asRegistryTag } from './limits.ts';
import { unlessEmpty } from './translate.ts';

const STAGE_OF: Record<MlflowStage, Stage> = {
  None: 'development',
  Staging: 'staging',
  Production: 'production',
  Archived: 'archived',
};
const NAME_OF: Record<Stage, MlflowStage> = {
  development: 'None',
  staging: 'Staging',
  production: 'Production',
  archived: 'Archived',
};

export function stageOf(sent: string): Stage {
  const known = MLFLOW_STAGES.find((name) => name.toLowerCase() === sent.toLowerCase());
  if (known) return STAGE_OF[known];
  throw new CrisolError(
    'INVALID_PARAMETER_VALUE',
    `Invalid Model Version stage: ${sent}. Value must be one of ${MLFLOW_STAGES.join(', ')}.`,
  );
}

export function versionOf(sent: string): number {
  if (/^[+-]?\d+$/.test(sent)) return Number(sent);
  throw new CrisolError('INVALID_PARAMETER_VALUE', `Parameter 'version' must be an integer, got '${sent}'.`);
}

/** The last of several that have the same key counts. */
export function tagsOf(sent: readonly SentTag[] = []): KeyValue[] {
  return [...new Map(sent.map((tag) => [tag.key, asRegistryTag(tag)])).values()];
}

export function toRegisteredModel(model: ModelOverview): MlflowRegisteredModel {
  const { name, description, created_at, updated_at, tags, aliases } = model;
  return {
    name,
    creation_timestamp: created_at,
    last_updated_timestamp: updated_at,
    description: description || undefined,
    latest_versions: unlessEmpty(newestOfStages(model).map((version) => toModelVersion(model, version))),
    tags: unlessEmpty(tags),
    aliases: unlessEmpty(aliases.map(({ alias, version }) => ({ alias, version: String(version) }))),
  };
}

/** Of an overview with one version a stage. */
export function newestOfStages({ versions }: ModelOverview, stages?: readonly Stage[]): VersionRecord[] {
  return stages ? versions.filter(({ stage }) => stages.includes(stage)) : versions;
}

export function toModelVersion({ name, aliases }: ModelOverview, version: VersionRecord): MlflowModelVersion {
  const own = aliases.flatMap((one) => (one.version === version.version ? [one.alias] : []));
  return toFoundVersion({ ...version, name, aliases: own });
}

export function toFoundVersion(version: FoundVersion): MlflowModelVersion {
  return {
    name: version.name,
    version: String(version.version),
    creation_timestamp: version.created_at,
    last_updated_timestamp: version.updated_at,
    user_id: version.created_by,
    current_stage: NAME_OF[version.stage],
    description: version.description,
    source: sourceOf(version),
    run_id: version.run_id ?? '',
    run_link: version.run_link,
    model_id: version.model_id ?? undefined,
    status: 'READY',
    tags: unlessEmpty(version.tags),
    aliases: unlessEmpty(version.aliases),
  };
}

/** A version of which we keep the files is its own source. */
function sourceOf({ name, source, version }: FoundVersion): string {
  return source ?? `models:/${name}/${version}`;
}
