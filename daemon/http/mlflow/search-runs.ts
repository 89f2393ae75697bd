import type { MlflowRun, SearchRuns } from '../../../schemas/external/mlflow/runs.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Tracking } from '../../tracking/index.ts';
import { lifecycleOf, toRun } from './translate.ts';

const MAX_RESULTS = 50_000;
const USUAL_RESULTS = 1000;

export interface FoundRuns {
  runs?: MlflowRun[];
  next_page_token?: string;
}

/** Newest first. Conditions and other orders are refused: a wrong list would be worse than none. */
export function findRuns({ experiments, runs, inputs }: Tracking, request: SearchRuns): FoundRuns {
  const { experiment_ids = [], filter = '', order_by = [], max_results: limit = USUAL_RESULTS, page_token } = request;
  if (filter.trim() !== '') throw refuseFilter(filter);
  refuseOtherOrders(order_by);
  if (limit < 1 || limit > MAX_RESULTS) {
    throw new CrisolError(
      'INVALID_PARAMETER_VALUE',
      `Invalid value ${limit} for parameter 'max_results' supplied. It must be at most ${MAX_RESULTS}, and positive.`,
    );
  }
  if (experiment_ids.length === 0) return {};
  const page = runs.listDetails({ experiment_ids, which: lifecycleOf(request.run_view_type), limit, page_token });
  const locations = new Map(experiments.list('all').map((one) => [one.experiment_id, one.artifact_location]));
  const links = inputs.ofRuns(page.items.map(({ run_id }) => run_id));
  const found = page.items.map((run) => {
    return toRun(run, locations.get(run.experiment_id) ?? null, links.get(run.run_id));
  });
  return { runs: found.length > 0 ? found : undefined, next_page_token: page.next_page_token };
}

export function refuseFilter(filter: string): CrisolError {
  return new CrisolError('INVALID_PARAMETER_VALUE', `This filter is not supported yet: ${filter.slice(0, 200)}`, {
    hint: 'Search without a filter, and choose among the results.',
  });
}

function refuseOtherOrders(clauses: readonly string[]): void {
  const other = clauses.find((clause) => !/^\s*(attributes?\.)?`?start_time`?\s+DESC\s*$/i.test(clause));
  if (other === undefined) return;
  throw new CrisolError('INVALID_PARAMETER_VALUE', `This order is not supported yet: ${other.slice(0, 200)}`, {
    hint: 'Runs come newest first; order the results yourself.',
  });
}
