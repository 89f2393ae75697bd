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

/** What searches of models ask for: their versions need not be read. */
export type ModelOutline = Pick<ModelRecord, 'name' | 'created_at' | 'updated_at' | 'tags'>;
