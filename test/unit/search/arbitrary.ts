import fc from 'fast-check';
import type { Condition, Dialect } from '../../../schemas/search/index.ts';

export const DIALECT_NAMES: Dialect[] = ['runs', 'experiments', 'models', 'versions', 'logged-models'];

const KEYS = fc.oneof(
  fc.constantFrom('loss', 'a.b', 'val loss', 'like', '1', 'é'),
  fc.string(),
  fc.string({ unit: 'binary' }),
);
const NUMBERS = fc.double({ noNaN: true });
const TEXTS = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom("it's", '"', '`', "''", 'a\\'));
const LISTS = fc.array(TEXTS, { minLength: 1, maxLength: 3 });

const ofNumber = fc.record({ op: fc.constantFrom('=', '!=', '>', '>=', '<', '<='), value: NUMBERS });
const ofText = fc.record({ op: fc.constantFrom('=', '!=', 'LIKE', 'ILIKE'), value: TEXTS });
const ofList = fc.record({ op: fc.constantFrom('IN', 'NOT IN'), value: LISTS });
const ofNull = fc.record({ op: fc.constantFrom('IS NULL', 'IS NOT NULL'), value: fc.constant(null) });

const metric = { kind: 'metric', keys: KEYS, asked: ofNumber };
const numberAttribute = (...keys: string[]) => ({ kind: 'attribute', keys: fc.constantFrom(...keys), asked: ofNumber });
const textAttribute = (...keys: string[]) => ({ kind: 'attribute', keys: fc.constantFrom(...keys), asked: ofText });
const listAttribute = (...keys: string[]) => {
  return { kind: 'attribute', keys: fc.constantFrom(...keys), asked: fc.oneof(ofText, ofList) };
};
const nullable = (kind: string) => ({ kind, keys: KEYS, asked: fc.oneof(ofText, ofNull) });
const listed = (kind: string) => ({ kind, keys: KEYS, asked: fc.oneof(ofText, ofList) });

/** What each dialect is asked, said once more in other words. */
const ASKED = {
  runs: [
    metric,
    nullable('param'),
    nullable('tag'),
    listAttribute('run_id'),
    textAttribute('run_name', 'user_id', 'status', 'artifact_uri'),
    numberAttribute('start_time', 'end_time'),
    { kind: 'dataset', keys: fc.constantFrom('name', 'digest', 'context'), asked: fc.oneof(ofText, ofList) },
  ],
  experiments: [nullable('tag'), textAttribute('name'), numberAttribute('creation_time', 'last_update_time')],
  models: [{ kind: 'tag', keys: KEYS, asked: ofText }, listAttribute('name')],
  versions: [
    { kind: 'tag', keys: KEYS, asked: ofText },
    listAttribute('name', 'run_id'),
    textAttribute('source_path'),
    numberAttribute('version_number'),
  ],
  'logged-models': [
    metric,
    listed('param'),
    listed('tag'),
    listAttribute('name', 'model_id', 'model_type', 'status', 'source_run_id'),
    numberAttribute('creation_timestamp', 'last_updated_timestamp'),
  ],
} as const;

export function conditionsOf(dialect: Dialect): fc.Arbitrary<Condition[]> {
  const one = ASKED[dialect].map(({ kind, keys, asked }) =>
    fc.tuple(keys, asked as fc.Arbitrary<object>).map(([key, rest]) => ({ kind, key, ...rest }) as Condition),
  );
  return fc.array(fc.oneof(...one), { maxLength: 6 });
}
