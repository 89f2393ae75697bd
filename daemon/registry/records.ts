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
