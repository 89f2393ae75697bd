import type { Static } from 'typebox';
import { GetHistory, GetHistoryBulk, GetHistoryBulkInterval } from '../../../schemas/external/mlflow/metrics.ts';
import { CrisolError } from '../../base/errors.ts';
import type { SpreadOptions, Tracking } from '../../tracking/index.ts';
import { columnsOf } from '../../tracking/index.ts';
import type { App } from '../server.ts';
import { HistoryPages } from './history-pages.ts';
import type { MetricPiece } from './metric-text.ts';
import { sendMetrics } from './metric-text.ts';

const MAX_RUNS = 100;
const MAX_BULK = 25_000;
const MAX_PER_RUN = 2500;

export function metricRoutes(app: App, prefix: string, { series }: Tracking): void {
  const at = (name: string) => `${prefix}/metrics/${name}`;

  app.get(at('get-history'), { schema: { querystring: GetHistory } }, async ({ query }, reply) => {
    const { run_id, metric_key, max_results = Number.POSITIVE_INFINITY, page_token } = query;
    if (max_results < 1) {
      throw refused(
        `Invalid value ${max_results} for parameter 'max_results' supplied. It must be a positive integer.`,
      );
    }
    const history = new HistoryPages((page) => series.history(run_id, metric_key, page), max_results, page_token);
    await history.begin();
    return sendMetrics(reply, metric_key, history.pieces(), () => history.end());
  });

  app.get(
    at('get-history-bulk-interval'),
    { schema: { querystring: GetHistoryBulkInterval } },
    async ({ query }, reply) => {
      const { run_ids, metric_key } = query;
      checkRuns('GetMetricHistoryBulkInterval request must specify at most', run_ids);
      const range = readInterval(query);
      const pieces: MetricPiece[] = [];
      for (const run_id of run_ids)
        pieces.push({ run_id, points: columnsOf(await series.spread(run_id, metric_key, range)) });
      return sendMetrics(reply, metric_key, pieces);
    },
  );
}

/** Only MLflow's own pages ask for it: as many points of several runs, one after another, as there is room for. */
export function bulkMetricRoute(app: App, prefix: string, { series }: Tracking): void {
  app.get(
    `${prefix}/metrics/get-history-bulk`,
    { schema: { querystring: GetHistoryBulk } },
    async ({ query }, reply) => {
      const { run_id: run_ids = [], metric_key, max_results = MAX_BULK } = query;
      if (run_ids.length === 0) throw refused('GetMetricHistoryBulk request must specify at least one run_id.');
      checkRuns('GetMetricHistoryBulk request cannot specify more than', run_ids);
      if (metric_key === undefined) throw refused('GetMetricHistoryBulk request must specify a metric_key.');
      let left = Math.min(max_results, MAX_BULK);
      const pieces: MetricPiece[] = [];
      for (const run_id of [...new Set(run_ids)].sort()) {
        if (left === 0) break;
        const points = await series.history(run_id, metric_key, { limit: left });
        left -= points.length;
        if (points.length > 0) pieces.push({ run_id, points });
      }
      // unlike the others, it has an empty list
      if (pieces.length === 0) return { metrics: [] };
      return sendMetrics(reply, metric_key, pieces);
    },
  );
}

function checkRuns(rule: string, runIds: readonly string[]): void {
  if (runIds.length > MAX_RUNS) throw refused(`${rule} ${MAX_RUNS} run_ids. Received ${runIds.length} run_ids.`);
}

function readInterval({
  start_step: from,
  end_step: to,
  max_results: points = MAX_PER_RUN,
}: Static<typeof GetHistoryBulkInterval>): SpreadOptions {
  if (points < 1 || points > MAX_PER_RUN) throw refused(`max_results must be between 1 and ${MAX_PER_RUN}.`);
  if (from === undefined && to === undefined) return { points };
  if (from === undefined || to === undefined) {
    throw refused('If either start step or end step are specified, both must be specified.');
  }
  if (from > to) {
    throw refused(`end_step must be greater than start_step. Found start_step=${from} and end_step=${to}.`);
  }
  return { points, from, to };
}

function refused(message: string): CrisolError {
  return new CrisolError('INVALID_PARAMETER_VALUE', message);
}
