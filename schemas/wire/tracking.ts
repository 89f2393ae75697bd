import type { Static } from 'typebox';
import { Type } from 'typebox';
import { MetricNumber, Timestamp, WorkState } from './common.ts';

const KeyValue = Type.Object({ key: Type.String(), value: Type.String() });

export const Experiment = Type.Object({
  experiment_id: Type.String(),
  name: Type.String(),
  run_count: Type.Integer(),
  /** of these, those that stand below no other; an older daemon does not say */
  top_count: Type.Optional(Type.Integer()),
  updated_at: Timestamp,
  tags: Type.Optional(Type.Array(KeyValue)),
});
export type Experiment = Static<typeof Experiment>;

/** The newest value of one metric of one run. */
export const LatestMetric = Type.Object({
  key: Type.String(),
  value: MetricNumber,
  step: Type.Integer(),
  timestamp: Timestamp,
});
export type LatestMetric = Static<typeof LatestMetric>;

export const RunSummary = Type.Object({
  run_id: Type.String(),
  experiment_id: Type.String(),
  name: Type.String(),
  state: WorkState,
  started_at: Timestamp,
  ended_at: Type.Union([Timestamp, Type.Null()]),
  user: Type.String(),
  /** of a trial that its sweep ended early, whose state is `cancelled`: how far it had come */
  pruned_step: Type.Optional(Type.Integer()),
  metrics: Type.Array(LatestMetric),
  /** the run that it stands below: one that is there, in the same experiment */
  parent_run_id: Type.Optional(Type.String()),
  /** how many stand below it, if any; `MOST_CHILDREN` are that many or more */
  children: Type.Optional(Type.Integer()),
});
export type RunSummary = Static<typeof RunSummary>;

export const RunDetail = Type.Object({
  ...RunSummary.properties,
  experiment_name: Type.String(),
  params: Type.Array(KeyValue),
  tags: Type.Array(KeyValue),
});
export type RunDetail = Static<typeof RunDetail>;

/** A model that a script logged: pending until its files are there. */
export const LoggedModel = Type.Object({
  model_id: Type.String(),
  experiment_id: Type.String(),
  name: Type.String(),
  /** empty when nobody said */
  model_type: Type.String(),
  /** empty when it is of no run */
  source_run_id: Type.String(),
  status: Type.Enum(['pending', 'ready', 'failed', 'unknown']),
  created_at: Timestamp,
  updated_at: Timestamp,
});
export type LoggedModel = Static<typeof LoggedModel>;

/** One point of a metric, packed: `[step, timestamp, value]`. */
export const MetricPoint = Type.Tuple([Type.Integer(), Timestamp, MetricNumber]);
export type MetricPoint = Static<typeof MetricPoint>;

export const MetricSeries = Type.Object({
  key: Type.String(),
  /** how many points were logged; `points` may be a sample that keeps minima and maxima */
  total: Type.Integer(),
  points: Type.Array(MetricPoint),
});
export type MetricSeries = Static<typeof MetricSeries>;

/** `GET /experiments` */
export const ExperimentList = Type.Object({ experiments: Type.Array(Experiment) });
export type ExperimentList = Static<typeof ExperimentList>;

/**
 * `GET /runs?experiment_id&filter&order_by&which&parent&nested&limit&page_token&count`, newest first unless `order_by`
 * says otherwise. `parent` is a run, repeated for several, or empty for those that stand below no other. Without it steps of pipelines are left out,
 * whose results their pipelines have, too, unless `nested` asks for all.
 */
export const RunList = Type.Object({
  runs: Type.Array(RunSummary),
  next_page_token: Type.Optional(Type.String()),
  /** on all pages, if `count` asks for it */
  count: Type.Optional(Type.Integer()),
});
export type RunList = Static<typeof RunList>;

/** `GET /runs/:run_id/metrics?points=2000&keys&from&to`: `from` and `to` are steps, both inclusive */
export const SeriesList = Type.Object({ series: Type.Array(MetricSeries) });
export type SeriesList = Static<typeof SeriesList>;
