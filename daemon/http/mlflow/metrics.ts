import { GetHistory } from '../../../schemas/external/mlflow/metrics.ts';
import { toMetricNumber } from '../../../schemas/wire/common.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Tracking } from '../../tracking/index.ts';
import type { App } from '../server.ts';
import { readOffset, toValue, writeOffset } from './translate.ts';

/** Nobody asks for more at once, and SQLite wants a number. */
const EVERYTHING = Number.MAX_SAFE_INTEGER - 1;

export function metricRoutes(app: App, prefix: string, { series }: Tracking): void {
  app.get(`${prefix}/metrics/get-history`, { schema: { querystring: GetHistory } }, async ({ query }) => {
    const { run_id, metric_key, max_results: limit = EVERYTHING } = query;
    if (limit < 1) {
      throw new CrisolError(
        'INVALID_PARAMETER_VALUE',
        `Invalid value ${limit} for parameter 'max_results' supplied. It must be a positive integer.`,
      );
    }
    const offset = readOffset(query.page_token);
    // one more tells whether another page follows
    const points = await series.history(run_id, metric_key, { limit: limit + 1, offset });
    const metrics = points.slice(0, limit).map((point) => ({ ...point, value: toValue(toMetricNumber(point.value)) }));
    return {
      metrics: metrics.length > 0 ? metrics : undefined,
      next_page_token: points.length > limit ? writeOffset(offset + limit) : undefined,
    };
  });
}
