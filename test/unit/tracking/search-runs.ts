import fc from 'fast-check';
import type { RunQuery, Tracking } from '../../../daemon/tracking/index.ts';
import type { Condition, Order } from '../../../schemas/search/index.ts';
import type { WorkState } from '../../../schemas/wire/common.ts';
import type { KnownRun } from './search-oracle.ts';

/** Few different values, so that runs are often equal and filters often hold. */
const METRICS = [
  0,
  1,
  1,
  -1.5,
  5e-324,
  1e300,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
  Number.NaN,
];
const TEXTS = ['', 'a', 'A', 'ab', 'aXb', "it's", '[x]', '*_', '?', 'é', '%', 'x\ny', '10', '9'];
const PATTERNS = [...TEXTS, 'a%', 'É%', '%b', '_', 'A%', '%', '[%', '*%', '%\n%'];
const TIMES = [1000, 1000, 2000, 3000];
const STATUS: Record<WorkState, string> = {
  pending: 'SCHEDULED',
  running: 'RUNNING',
  succeeded: 'FINISHED',
  failed: 'FAILED',
  cancelled: 'KILLED',
  skipped: 'FINISHED',
};
const STATES = Object.keys(STATUS) as WorkState[];
const DATASETS = ['d1', 'd2'].flatMap((name) => ['x', 'y'].map((digest) => ({ name, digest })));

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const aRun = fc.record({
  experiment: fc.constantFrom('0', 'one', 'two', 'three'),
  name: fc.constantFrom('r1', 'r2', 'R3'),
  state: fc.constantFrom(...STATES),
  user: fc.constantFrom('', 'me', 'You'),
  started_at: fc.constantFrom(...TIMES),
  ended_at: maybe(fc.constantFrom(3000, 4000)),
  deleted: fc.boolean(),
  metrics: fc.record({ m: maybe(fc.constantFrom(...METRICS)), 'val loss': maybe(fc.constantFrom(...METRICS)) }),
  params: fc.record({ p: maybe(fc.constantFrom(...TEXTS)), q: maybe(fc.constantFrom(...TEXTS)) }),
  tags: fc.record({
    t: maybe(fc.constantFrom(...TEXTS)),
    'mlflow.parentRunId': maybe(fc.constantFrom('parent-1', 'parent-2')),
  }),
  datasets: fc.uniqueArray(
    fc.record({ dataset: fc.constantFrom(...DATASETS), context: maybe(fc.constantFrom('train', 'test')) }),
    { maxLength: 2, selector: ({ dataset }) => `${dataset.name} ${dataset.digest}` },
  ),
});

/** Logs a hundred runs as scripts would, and tells what they are. */
export async function logRuns(tracking: Tracking): Promise<KnownRun[]> {
  const known: KnownRun[] = [];
  for (const made of fc.sample(aRun, { numRuns: 100, seed: 7 })) {
    const { name, user, started_at, ended_at, state, deleted } = made;
    const experiment_id =
      made.experiment === '0' ? '0' : (await tracking.experiments.ensure(made.experiment)).experiment_id;
    const { run_id } = await tracking.runs.start({ experiment_id, name, user, started_at });
    const [metrics, params, tags] = [present(made.metrics), present(made.params), present(made.tags)];
    await tracking.log.batch(run_id, {
      metrics: Object.entries(metrics).map(([key, value]) => ({ key, value, step: 0, timestamp: 1 })),
      params: Object.entries(params).map(([key, value]) => ({ key, value })),
      tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
    });
    const datasets = made.datasets.map(({ dataset, context }) => ({ ...dataset, context }));
    const inputs = datasets.map(({ context, ...dataset }) => {
      return { dataset: { ...dataset, source: '', source_type: '' }, context, tags: [] };
    });
    await tracking.inputs.log(run_id, inputs, []);
    await tracking.runs.update(run_id, { state, ended_at });
    if (deleted) await tracking.runs.delete(run_id);
    const facts = { run_id, experiment_id, name, user, started_at, deleted, status: STATUS[state] };
    known.push({ ...facts, ended_at: ended_at ?? null, metrics, params, tags, datasets });
  }
  return known;
}

function present<T>(entries: Record<string, T | undefined>): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).filter((entry): entry is [string, T] => entry[1] !== undefined));
}

const numberTest = (values: readonly number[]) =>
  fc.record({ op: fc.constantFrom('=', '!=', '>', '>=', '<', '<='), value: fc.constantFrom(...values) });
const textTest = (values: readonly string[]) =>
  fc.record({ op: fc.constantFrom('=', '!=', 'LIKE', 'ILIKE'), value: fc.constantFrom(...values) });
const listTest = (values: readonly string[]) =>
  fc.record({ op: fc.constantFrom('IN', 'NOT IN'), value: fc.subarray([...values], { minLength: 1 }) });
const nullTest = fc.record({ op: fc.constantFrom('IS NULL', 'IS NOT NULL'), value: fc.constant(null) });

const of = (kind: string, keys: readonly string[], test: fc.Arbitrary<object>) =>
  fc.record({ kind: fc.constant(kind), key: fc.constantFrom(...keys), test });

/** Any filter, any orders, any experiments, any size of a page. */
export function queries(known: readonly KnownRun[]): fc.Arbitrary<RunQuery> {
  const ids = known.slice(0, 20).map(({ run_id }) => run_id);
  const experiments = [...new Set(known.map(({ experiment_id }) => experiment_id))];
  const finite = METRICS.filter((value) => !Number.isNaN(value));
  const condition = fc
    .oneof(
      { weight: 10, arbitrary: of('metric', ['m', 'm', 'val loss', 'none'], numberTest(finite)) },
      of('param', ['p', 'q', 'none'], fc.oneof(textTest(PATTERNS), nullTest)),
      of('tag', ['t', 'none'], fc.oneof(textTest(PATTERNS), nullTest)),
      of('tag', ['mlflow.parentRunId'], fc.oneof(textTest(['parent-1', 'parent%']), nullTest)),
      of('tag', ['mlflow.runName'], fc.oneof(textTest(['r1', 'r%', 'R_']), nullTest)),
      of('attribute', ['run_id'], fc.oneof(textTest([ids[0] ?? '', '%a%']), listTest(ids))),
      of('attribute', ['run_name'], textTest(['r1', 'r%'])),
      of('attribute', ['user_id'], textTest(['me', 'y%'])),
      of('attribute', ['status'], textTest(['RUNNING', 'FINISHED', 'F%', 'k%'])),
      of('attribute', ['artifact_uri'], textTest(['mlflow-artifacts:/0/%'])),
      of('attribute', ['start_time', 'end_time'], numberTest([0, 1000, 2000, 3000, 3000.5])),
      of('dataset', ['name'], fc.oneof(textTest(['d1', 'D%']), listTest(['d1', 'd2']))),
      of('dataset', ['digest'], textTest(['x'])),
      of('dataset', ['context'], fc.oneof(textTest(['train', 't%']), listTest(['train']))),
    )
    .map(({ kind, key, test }) => ({ kind, key, ...test }) as Condition);
  const ordered = ['run_id', 'run_name', 'user_id', 'status', 'start_time', 'end_time', 'artifact_uri'];
  const order: fc.Arbitrary<Order> = fc
    .oneof(
      { weight: 3, arbitrary: of('metric', ['m', 'val loss', 'none'], fc.constant({})) },
      of('param', ['p', 'q', 'none'], fc.constant({})),
      of('tag', ['t', 'mlflow.runName'], fc.constant({})),
      of('attribute', ordered, fc.constant({})),
    )
    .chain(({ kind, key }) => fc.boolean().map((descending) => ({ kind, key, descending }) as Order));
  return fc.record({
    experiment_ids: fc.option(fc.shuffledSubarray([...experiments, '999']), { nil: undefined }),
    which: fc.constantFrom('active', 'deleted', 'all'),
    conditions: fc.array(condition, { maxLength: 3 }),
    orders: fc.uniqueArray(order, { maxLength: 3, selector: ({ kind, key }) => `${kind} ${key}` }),
    limit: fc.constantFrom(1, 7, 40, 1000),
  });
}
