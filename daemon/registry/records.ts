import type { Model, ModelVersion } from '../../schemas/wire/registry.ts';

export interface KeyValue {
  key: string;
  value: string;
}

export interface VersionRecord extends Required<ModelVersion> {
  /** a page about its run */
  run_link: string;
}

export interface ModelRecord extends Required<Omit<Model, 'versions'>> {
  /** newest first */
  versions: VersionRecord[];
}

/** A version that a search found, with the names that it has. */
export interface FoundVersion extends Omit<VersionRecord, 'metrics' | 'stage_since'> {
  name: string;
  aliases: string[];
}

/** Where the files of a version are, and what made them. */
export type VersionOrigin = Pick<VersionRecord, 'run_id' | 'model_id' | 'location'>;
