import type { Dialect, SearchKind } from './conditions.ts';

export interface AttributeRules {
  type: 'text' | 'number';
  /** may be compared with a list */
  lists?: boolean;
  /** a number may stand in quotes */
  quoted?: boolean;
  /** an id: likeness makes no sense of it */
  exact?: boolean;
}

export interface DialectRules {
  kinds: readonly SearchKind[];
  attributes: Readonly<Record<string, AttributeRules>>;
  orders: readonly string[];
  orderKinds: readonly SearchKind[];
  /** other names of attributes */
  aliases: Readonly<Record<string, string>>;
  /** kinds whose keys may be missing, and asked for with IS NULL */
  nullable: readonly SearchKind[];
  /** kinds other than attributes that may be compared with a list */
  listed: readonly SearchKind[];
  /** a text may stand without quotes */
  bareTexts?: boolean;
}

const TEXT: AttributeRules = { type: 'text' };
const LISTED: AttributeRules = { type: 'text', lists: true };
const NUMBER: AttributeRules = { type: 'number' };

const MODEL_TIMES = ['creation_timestamp', 'last_updated_timestamp'];
const RUN_ATTRIBUTES = {
  run_id: LISTED,
  run_name: TEXT,
  user_id: TEXT,
  status: TEXT,
  start_time: NUMBER,
  end_time: NUMBER,
  artifact_uri: TEXT,
};
const LOGGED_MODEL_ATTRIBUTES = {
  name: LISTED,
  model_id: LISTED,
  model_type: LISTED,
  status: LISTED,
  source_run_id: LISTED,
  experiment_id: LISTED,
  creation_timestamp: NUMBER,
  last_updated_timestamp: NUMBER,
};

/** What can be searched, and by what it can be ordered. */
export const DIALECTS: Record<Dialect, DialectRules> = {
  runs: {
    kinds: ['metric', 'param', 'tag', 'attribute', 'dataset'],
    attributes: RUN_ATTRIBUTES,
    orders: Object.keys(RUN_ATTRIBUTES),
    orderKinds: ['metric', 'param', 'tag', 'attribute'],
    aliases: {
      created: 'start_time',
      Created: 'start_time',
      'run name': 'run_name',
      'Run name': 'run_name',
      'Run Name': 'run_name',
    },
    nullable: ['param', 'tag'],
    listed: ['dataset'],
  },
  experiments: {
    kinds: ['attribute', 'tag'],
    attributes: {
      name: TEXT,
      experiment_id: { ...LISTED, exact: true },
      creation_time: NUMBER,
      last_update_time: NUMBER,
    },
    orders: ['name', 'experiment_id', 'creation_time', 'last_update_time'],
    orderKinds: ['attribute'],
    aliases: {},
    nullable: ['tag'],
    listed: [],
  },
  models: {
    kinds: ['attribute', 'tag'],
    attributes: { name: LISTED },
    orders: ['name', ...MODEL_TIMES],
    orderKinds: ['attribute'],
    aliases: { timestamp: 'last_updated_timestamp' },
    nullable: [],
    listed: [],
  },
  versions: {
    kinds: ['attribute', 'tag'],
    attributes: {
      name: LISTED,
      run_id: LISTED,
      source_path: TEXT,
      version_number: { type: 'number', quoted: true },
    },
    orders: ['name', 'version_number', ...MODEL_TIMES],
    orderKinds: ['attribute'],
    aliases: {},
    nullable: [],
    listed: [],
  },
  'logged-models': {
    kinds: ['attribute', 'metric', 'param', 'tag'],
    attributes: LOGGED_MODEL_ATTRIBUTES,
    orders: Object.keys(LOGGED_MODEL_ATTRIBUTES),
    orderKinds: ['attribute', 'metric'],
    aliases: {
      creation_time: 'creation_timestamp',
      creation_timestamp_ms: 'creation_timestamp',
      last_updated_time: 'last_updated_timestamp',
      last_updated_timestamp_ms: 'last_updated_timestamp',
    },
    nullable: [],
    listed: ['param', 'tag'],
    bareTexts: true,
  },
};

export const DATASET_KEYS = ['name', 'digest', 'context'];

const PREFIXES: Record<SearchKind, readonly string[]> = {
  metric: ['metrics', 'metric'],
  param: ['params', 'param', 'parameters', 'parameter'],
  tag: ['tags', 'tag'],
  attribute: ['attributes', 'attribute', 'attr', 'run'],
  dataset: ['datasets', 'dataset'],
};
const KINDS = new Map(
  (Object.keys(PREFIXES) as SearchKind[]).flatMap((kind) => PREFIXES[kind].map((word) => [word, kind] as const)),
);

/** MLflow's words for the kinds, as its messages have them. */
export const KIND_WORDS: Record<SearchKind, string> = {
  metric: 'metric',
  param: 'parameter',
  tag: 'tag',
  attribute: 'attribute',
  dataset: 'dataset',
};

export function kindOf(prefix: string): SearchKind | undefined {
  return KINDS.get(prefix);
}

export function prefixOf(kind: SearchKind): string {
  return PREFIXES[kind][0] ?? kind;
}
