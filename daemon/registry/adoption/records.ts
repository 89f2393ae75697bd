import type { ModelAlias, Stage } from '../../../schemas/wire/registry.ts';
import type { KeyValue } from '../records.ts';

/** A version of another registry; its files are elsewhere. */
export interface AdoptedVersion {
  version: number;
  stage: Stage;
  created_at: number;
  created_by: string;
  description: string;
  run_id: string | null;
  model_id: string | null;
  run_link: string;
  source: string;
  location: string;
  tags: readonly KeyValue[];
}

export interface AdoptedModel {
  name: string;
  description: string;
  created_at: number;
  tags: readonly KeyValue[];
  aliases: readonly ModelAlias[];
  versions: readonly AdoptedVersion[];
}

export interface Adopted {
  isNew: boolean;
  /** how many versions were not here before */
  added: number;
  /** of these, those whose numbers were taken here */
  renumbered: { from: number; to: number }[];
}
