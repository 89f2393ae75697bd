import { Type } from 'typebox';
import { parseOrder } from '../../../schemas/search/index.ts';
import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import { ExperimentList, RunDetail, RunList, SeriesList } from '../../../schemas/wire/tracking.ts';
import type { Tracking } from '../../tracking/index.ts';
import { sendJsonText } from '../json-text.ts';
import type { App } from '../server.ts';
import { runChangeRoutes } from './run-changes.ts';
import { runConditions } from './run-conditions.ts';
import { runCurvesRoutes } from './run-curves.ts';
import { runFacetRoutes } from './run-facets.ts';
import { runListTexts } from './run-list.ts';
import { toExperiment, toRun } from './run-records.ts';

const USUAL_POINTS = 2000;
const Texts = Type.Union([Type.String(), Type.Array(Type.String())]);

const Which = Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('deleted'), Type.Literal('all')]));

const RunsQuery = Type.Object({
  experiment_id: Type.Optional(Type.String()),
  /** MLflow's search grammar */
  filter: Type.Optional(Type.String()),
  /** `metrics.loss DESC`; repeated for several; newest first without it */
  order_by: Type.Optional(Texts),
  which: Which,
  /** a run: those that stand below it; repeated for several; empty: those that stand below no other */
  parent: Type.Optional(Texts),
  nested: Type.Optional(Type.Boolean()),
  count: Type.Optional(Type.Boolean()),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50_000 })),
  page_token: Type.Optional(Type.String()),
});
const RunParams = Type.Object({ run_id: Type.String() });
const MetricsQuery = Type.Object({
  points: Type.Optional(Type.Integer({ minimum: 4, maximum: 100_000 })),
  /** steps, both inclusive: a part of a series has its own detail */
  from: Type.Optional(Type.Integer()),
  to: Type.Optional(Type.Integer()),
  /** repeated for several; all series without it */
  keys: Type.Optional(Texts),
});

const ExperimentsQuery = Type.Object({ which: Which });

export function trackingRoutes(app: App, tracking: Tracking): void {
  const { experiments, runs, series, family } = tracking;
  runChangeRoutes(app, tracking);
  runFacetRoutes(app, tracking);
  runCurvesRoutes(app, tracking);

  app.get(
    `${APP_PREFIX}/experiments`,
    { schema: { querystring: ExperimentsQuery, response: { 200: ExperimentList } } },
    ({ query }) => ({ experiments: experiments.list(query.which).map(toExperiment) }),
  );

  app.get(
    `${APP_PREFIX}/runs`,
    { schema: { querystring: RunsQuery, response: { 200: RunList } } },
    async ({ query }, reply) => {
      const {
        experiment_id,
        filter = '',
        order_by = [],
        which,
        limit = 100,
        page_token,
        parent,
        nested = false,
        count,
      } = query;
      const found = await runs.search({
        experiment_ids: experiment_id === undefined ? undefined : [experiment_id],
        which,
        conditions: runConditions(filter, { nested: nested || parent !== undefined }),
        orders: parseOrder(textsOf(order_by), 'runs'),
        parents: parentsOf(parent),
        count,
        limit,
        page_token,
      });
      return sendJsonText(reply, runListTexts(found, family));
    },
  );

  app.get(
    `${APP_PREFIX}/runs/:run_id`,
    { schema: { params: RunParams, response: { 200: RunDetail } } },
    ({ params }) => ({ ...toRun(runs.get(params.run_id)), ...family.ofRun(params.run_id) }),
  );

  app.get(
    `${APP_PREFIX}/runs/:run_id/metrics`,
    { schema: { params: RunParams, querystring: MetricsQuery, response: { 200: SeriesList } } },
    async ({ params, query: { points = USUAL_POINTS, keys, from, to } }) => {
      const wanted = typeof keys === 'string' ? [keys] : keys;
      return { series: await series.ofRun(params.run_id, { points, keys: wanted, from, to }) };
    },
  );
}

/** A list of one looks like its only item. */
function parentsOf(parent: string | string[] | undefined): string[] | null | undefined {
  if (parent === '') return null;
  return parent === undefined ? undefined : textsOf(parent);
}

function textsOf(texts: string | string[]): string[] {
  return typeof texts === 'string' ? [texts] : texts;
}
