import type { Model, ModelVersion, VersionCounts } from '../../schemas/wire/registry.ts';

export interface KeyValue {
  key: string;
  value: string;
}

export interface VersionRecord extends Required<ModelVersion> {
  /** a page about its run */
  run_link: string;
}

export type { VersionCounts } from '../../schemas/wire/registry.ts';

export interface ModelRecord extends Required<Omit<Model, 'versions' | 'in_stages'>> {
  /** newest first */
  versions: VersionRecord[];
}

/** A model with only the newest versions of each stage, and how many there are: it costs the same however many these are. */
export interface ModelOverview extends ModelRecord {
  in_stages: VersionCounts;
}

/** A version that a search found, with the names that it has. */
export interface FoundVersion extends Omit<VersionRecord, 'metrics' | 'stage_since'> {
  name: string;
  aliases: string[];
}

/** Where the files of a version are, and what made them. */
export type VersionOrigin = Pick<VersionRecord, 'run_id' | 'model_id' | 'location'>;
