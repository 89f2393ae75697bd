import type { SearchRuns } from '../../../schemas/external/mlflow/runs.ts';
import { parseFilter, parseOrder } from '../../../schemas/search/index.ts';
import { CrisolError } from '../../base/errors.ts';
import type { FoundRuns, Tracking } from '../../tracking/index.ts';
import { lifecycleOf } from './translate.ts';

const MAX_RESULTS = 50_000;
const USUAL_RESULTS = 1000;

export function findRuns({ runs }: Tracking, request: SearchRuns): Promise<FoundRuns> {
  const { experiment_ids = [], filter = '', order_by = [], max_results: limit = USUAL_RESULTS, page_token } = request;
  if (limit < 1 || limit > MAX_RESULTS) {
    throw new CrisolError(
      'INVALID_PARAMETER_VALUE',
      `Invalid value ${limit} for parameter 'max_results' supplied. It must be at most ${MAX_RESULTS}, and positive.`,
    );
  }
  return runs.search({
    experiment_ids,
    which: lifecycleOf(request.run_view_type),
    conditions: parseFilter(filter, 'runs'),
    orders: parseOrder(order_by, 'runs'),
    limit,
    page_token,
  });
}
