import type { MlflowExperiment, SearchExperiments } from '../../../schemas/external/mlflow/experiments.ts';
import { parseFilter, parseOrder } from '../../../schemas/search/index.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Tracking } from '../../tracking/index.ts';
import { missing } from './reader.ts';
import { lifecycleOf, readOffset, toExperiment, unlessEmpty, writeOffset } from './translate.ts';

const MAX_RESULTS = 50_000;
const USUAL_ORDER = ['creation_time DESC', 'experiment_id ASC'];

export interface FoundExperiments {
  experiments?: MlflowExperiment[];
  next_page_token?: string;
}

export function findExperiments(experiments: Tracking['experiments'], request: SearchExperiments): FoundExperiments {
  const { max_results: limit, filter = '', order_by = [], page_token } = request;
  if (limit === undefined) throw missing('max_results');
  if (limit < 1 || limit > MAX_RESULTS) {
    throw new CrisolError(
      'INVALID_PARAMETER_VALUE',
      `Invalid value ${limit} for parameter 'max_results' supplied. It must be between 1 and ${MAX_RESULTS}.`,
    );
  }
  const offset = readOffset(page_token);
  const found = experiments.search({
    which: lifecycleOf(request.view_type),
    conditions: parseFilter(filter, 'experiments'),
    orders: parseOrder(order_by.length > 0 ? order_by : USUAL_ORDER, 'experiments'),
    // one more tells whether another page follows
    limit: limit + 1,
    offset,
  });
  return {
    experiments: unlessEmpty(found.slice(0, limit).map(toExperiment)),
    next_page_token: found.length > limit ? writeOffset(offset + limit) : undefined,
  };
}
