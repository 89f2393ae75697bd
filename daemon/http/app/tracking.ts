import { Type } from 'typebox';
import { APP_PREFIX } from '../../../schemas/wire/common.ts';
import type { SeriesList } from '../../../schemas/wire/tracking.ts';
import { ExperimentList, RunDetail, RunList } from '../../../schemas/wire/tracking.ts';
import type { Tracking } from '../../tracking/index.ts';
import type { App } from '../server.ts';

const USUAL_POINTS = 2000;
const Keys = Type.Union([Type.String(), Type.Array(Type.String())]);

const RunsQuery = Type.Object({
  experiment_id: Type.Optional(Type.String()),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  page_token: Type.Optional(Type.String()),
});
const RunParams = Type.Object({ run_id: Type.String() });
const MetricsQuery = Type.Object({
  points: Type.Optional(Type.Integer({ minimum: 4, maximum: 100_000 })),
  /** steps, both inclusive: a part of a series has its own detail */
  from: Type.Optional(Type.Integer()),
  to: Type.Optional(Type.Integer()),
  /** repeated for several; all series without it */
  keys: Type.Optional(Keys),
});

export function trackingRoutes(app: App, { experiments, runs, series }: Tracking): void {
  app.get(`${APP_PREFIX}/experiments`, { schema: { response: { 200: ExperimentList } } }, () => {
    return { experiments: experiments.list() };
  });

  app.get(`${APP_PREFIX}/runs`, { schema: { querystring: RunsQuery, response: { 200: RunList } } }, ({ query }) => {
    const { experiment_id, limit = 100, page_token } = query;
    const experiment_ids = experiment_id === undefined ? undefined : [experiment_id];
    const { items, next_page_token } = runs.list({ experiment_ids, limit, page_token });
    return { runs: items, next_page_token };
  });

  app.get(`${APP_PREFIX}/runs/:run_id`, { schema: { params: RunParams, response: { 200: RunDetail } } }, ({ params }) =>
    runs.get(params.run_id),
  );

  app.get(
    `${APP_PREFIX}/runs/:run_id/metrics`,
    // no response schema: each of thousands of points would be tried against a union
    { schema: { params: RunParams, querystring: MetricsQuery } },
    async ({ params, query: { points = USUAL_POINTS, keys, from, to } }): Promise<SeriesList> => {
      const wanted = typeof keys === 'string' ? [keys] : keys;
      return { series: await series.ofRun(params.run_id, { points, keys: wanted, from, to }) };
    },
  );
}
