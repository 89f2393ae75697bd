import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoggedModelDetail, LoggedModelOrder, LoggedModelQuery } from '../../../daemon/tracking/index.ts';
import { parseFilter } from '../../../schemas/search/index.ts';
import type { TrackingRoom } from './room.ts';
import { openTracking } from './room.ts';

let room: TrackingRoom;
let all: LoggedModelDetail[];

const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
const VALUES = [0.1, 0.5, Number.NaN, 0.5, -1, Number.POSITIVE_INFINITY];
const DATASETS = [
  undefined,
  { name: 'train', digest: '1' },
  { name: 'test', digest: '1' },
  { name: 'test', digest: '2' },
];

/** Forty models: every third without metrics, the others with points on several datasets. */
beforeAll(async () => {
  room = openTracking();
  const { run_id } = await room.tracking.runs.start({ experiment_id: '0' });
  const other = await room.tracking.experiments.create({ name: 'other' });
  for (let index = 0; index < 40; index++) {
    if (index % 4 === 0) room.clock.advance(1);
    const { model_id } = await room.tracking.loggedModels.create({
      experiment_id: index % 10 === 9 ? other.experiment_id : '0',
      name: `model-${index % 7}`,
      model_type: pick(['', 'Sklearn', 'onnx'], index),
      params: [{ key: 'depth', value: String(index % 5) }],
      tags: index % 2 === 0 ? [{ key: 'team', value: pick(['Data', 'data'], index / 2) }] : [],
    });
    if (index % 3 === 0) continue;
    const metrics = [0, 1, 2].map((at) => {
      const dataset = pick(DATASETS, index + at);
      const value = pick(VALUES, index * 5 + at);
      return { key: 'f1', value, step: at % 2, timestamp: 10 + ((index + at) % 3), model_id, dataset };
    });
    await room.tracking.log.batch(run_id, { metrics });
  }
  const gone = await room.tracking.loggedModels.create({ experiment_id: '0', name: 'model-1' });
  await room.tracking.loggedModels.delete(gone.model_id);
  all = find({ experiment_ids: ['0', other.experiment_id] });
});
afterAll(() => room.close());

function find(query: Partial<LoggedModelQuery>): LoggedModelDetail[] {
  const whole = { experiment_ids: ['0'], conditions: [], datasets: [], orders: [], limit: 100, offset: 0 };
  return [...room.tracking.loggedModels.page({ ...whole, ...query }).pieces].flat();
}
const idsOf = (models: LoggedModelDetail[]) => models.map(({ model_id }) => model_id);
const matching = (filter: string, datasets: LoggedModelQuery['datasets'] = []) =>
  idsOf(find({ conditions: parseFilter(filter, 'logged-models'), datasets }));
const expected = (holds: (model: LoggedModelDetail) => boolean) =>
  idsOf(all.filter((model) => model.experiment_id === '0' && holds(model)));
const tag = ({ tags }: LoggedModelDetail) => tags[0]?.value;

describe('a search of logged models', () => {
  it('holds the models of the experiments that are asked for, newest first, but no deleted ones', () => {
    expect(all).toHaveLength(40);
    expect(find({})).toHaveLength(36);
    expect(find({ experiment_ids: [] })).toEqual([]);
    const newestFirst = [...all].sort((a, b) => b.created_at - a.created_at || (a.model_id < b.model_id ? -1 : 1));
    expect(idsOf(all)).toEqual(idsOf(newestFirst));
  });

  const filters: [filter: string, holds: (model: LoggedModelDetail) => boolean][] = [
    ["name = 'model-3'", ({ name }) => name === 'model-3'],
    ["name != 'model-3' AND model_type = 'onnx'", (m) => m.name !== 'model-3' && m.model_type === 'onnx'],
    ["name IN ('model-1', 'model-2')", ({ name }) => name === 'model-1' || name === 'model-2'],
    ["model_type LIKE 'S%'", ({ model_type }) => model_type.startsWith('S')],
    ["model_type LIKE 's%'", () => false],
    ["model_type ILIKE 's%'", ({ model_type }) => model_type.startsWith('S')],
    ["params.depth = '2'", ({ params }) => params[0]?.value === '2'],
    ["params.none != '2'", () => false],
    ["tags.team = 'data'", (model) => tag(model) === 'data'],
    ["tags.team != 'data'", (model) => tag(model) === 'Data'],
    ["tags.team ILIKE 'd_t%'", (model) => tag(model) !== undefined],
    ['metrics.f1 > 0.2', ({ metrics }) => metrics.some(({ value }) => value > 0.2)],
    ['metrics.f1 != 0.5', ({ metrics }) => metrics.some(({ value }) => value !== 0.5)],
    ['metrics.f1 <= 0.1', ({ metrics }) => metrics.some(({ value }) => value <= 0.1)],
    ['creation_timestamp > 0', () => true],
  ];
  it.each(filters)('finds %s', (filter, holds) => {
    expect(matching(filter)).toEqual(expected(holds));
  });

  it('counts metrics only where they were measured on the datasets that are named', () => {
    const onTest = [{ name: 'test' }];
    const on = (name: string, digest?: string) => (metric: LoggedModelDetail['metrics'][number]) =>
      metric.dataset?.name === name && (digest === undefined || metric.dataset.digest === digest);
    expect(matching('', onTest)).toEqual(expected(({ metrics }) => metrics.some(on('test'))));
    expect(matching('metrics.f1 > 0.2', onTest)).toEqual(
      expected(({ metrics }) => metrics.filter(on('test')).some(({ value }) => value > 0.2)),
    );
    expect(matching('', [{ name: 'test', digest: '2' }, { name: 'train' }])).toEqual(
      expected(({ metrics }) => metrics.some((metric) => on('test', '2')(metric) || on('train')(metric))),
    );
  });

  it('orders by anything as an oracle does: models without a value last, NaN before them', () => {
    const dataset = fc.constantFrom({}, { name: 'test' }, { name: 'test', digest: '2' }, { name: 'none' });
    const metric = fc.record({
      kind: fc.constant('metric' as const),
      key: fc.constantFrom('f1', 'none'),
      descending: fc.boolean(),
      dataset,
    });
    const attribute = fc.record({
      kind: fc.constant('attribute' as const),
      key: fc.constantFrom('name', 'model_type', 'creation_timestamp'),
      descending: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(metric, attribute), { maxLength: 3 }), (orders: LoggedModelOrder[]) => {
        const wanted = [...find({})].sort((a, b) => compare(a, b, orders));
        expect(idsOf(find({ orders }))).toEqual(idsOf(wanted));
        expect(idsOf(find({ orders, limit: 7, offset: 5 }))).toEqual(idsOf(wanted).slice(5, 12));
      }),
      { numRuns: 100 },
    );
  });
});

function compare(a: LoggedModelDetail, b: LoggedModelDetail, orders: readonly LoggedModelOrder[]): number {
  for (const order of orders) {
    const decided = order.kind === 'metric' ? compareMetrics(a, b, order) : compareAttributes(a, b, order);
    if (decided !== 0) return decided;
  }
  // stable: what is compared comes in the usual order
  return 0;
}

function compareAttributes(a: LoggedModelDetail, b: LoggedModelDetail, { key, descending }: LoggedModelOrder): number {
  const field = key === 'creation_timestamp' ? 'created_at' : (key as 'name' | 'model_type');
  if (a[field] === b[field]) return 0;
  return a[field] < b[field] === descending ? 1 : -1;
}

type MetricOrder = Extract<LoggedModelOrder, { kind: 'metric' }>;

function compareMetrics(a: LoggedModelDetail, b: LoggedModelDetail, order: MetricOrder): number {
  const [one, two] = [newest(a, order), newest(b, order)];
  const ranks = [one, two].map((value) => (value === undefined ? 2 : Number.isNaN(value) ? 1 : 0));
  if (ranks[0] !== ranks[1]) return (ranks[0] ?? 0) - (ranks[1] ?? 0);
  if (ranks[0] !== 0 || one === two) return 0;
  return Number(one) < Number(two) === order.descending ? 1 : -1;
}

function newest({ metrics }: LoggedModelDetail, { key, dataset }: MetricOrder): number | undefined {
  const points = metrics.filter(
    (metric) =>
      metric.key === key &&
      (dataset.name === undefined || metric.dataset?.name === dataset.name) &&
      (dataset.digest === undefined || metric.dataset?.digest === dataset.digest),
  );
  return points.sort((a, b) => b.timestamp - a.timestamp || b.step - a.step)[0]?.value;
}
