import type { MlflowExperiment, SearchExperiments } from '../../../schemas/external/mlflow/experiments.ts';
import { CrisolError } from '../../base/errors.ts';
import type { Tracking } from '../../tracking/index.ts';
import { missing } from './reader.ts';
import { refuseFilter } from './search-runs.ts';
import { lifecycleOf, readOffset, toExperiment, writeOffset } from './translate.ts';

const MAX_RESULTS = 50_000;
const ORDERS = ['name', 'creation_time', 'last_update_time', 'experiment_id'] as const;
type Comparison = (a: MlflowExperiment, b: MlflowExperiment) => number;

export interface FoundExperiments {
  experiments?: MlflowExperiment[];
  next_page_token?: string;
}

/** There are few experiments: they are all read, ordered and cut. */
export function findExperiments(experiments: Tracking['experiments'], request: SearchExperiments): FoundExperiments {
  const { max_results, order_by = [] } = request;
  if (max_results === undefined) throw missing('max_results');
  if (max_results < 1 || max_results > MAX_RESULTS) {
    throw new CrisolError(
      'INVALID_PARAMETER_VALUE',
      `Invalid value ${max_results} for parameter 'max_results' supplied. It must be between 1 and ${MAX_RESULTS}.`,
    );
  }
  const isWanted = nameFilter(request.filter);
  const offset = readOffset(request.page_token);
  const all = experiments.list(lifecycleOf(request.view_type)).map(toExperiment).filter(isWanted);
  const comparisons = order_by.map(comparison);
  // stable: newest first where nothing else decides
  all.sort((a, b) => comparisons.reduce((decided, compare) => decided || compare(a, b), 0));
  const page = all.slice(offset, offset + max_results);
  return {
    experiments: page.length > 0 ? page : undefined,
    next_page_token: offset + max_results < all.length ? writeOffset(offset + max_results) : undefined,
  };
}

/** Of the filter's grammar just `name = '…'` so far. */
function nameFilter(filter = ''): (experiment: MlflowExperiment) => boolean {
  if (filter.trim() === '') return () => true;
  const wanted = /^\s*(?:attributes?\.)?name\s*=\s*(?:'([^']*)'|"([^"]*)")\s*$/i.exec(filter);
  if (!wanted) throw refuseFilter(filter);
  const name = wanted[1] ?? wanted[2];
  return (experiment) => experiment.name === name;
}

function comparison(clause: string): Comparison {
  const [column, direction = 'ASC', ...rest] = clause.trim().split(/\s+/);
  const field = ORDERS.find((known) => known === column?.replace(/^attributes?\./, ''));
  if (!field || rest.length > 0 || !/^(ASC|DESC)$/i.test(direction)) {
    throw new CrisolError('INVALID_PARAMETER_VALUE', `Invalid order_by clause ${JSON.stringify(clause)}.`);
  }
  const sign = /^DESC$/i.test(direction) ? -1 : 1;
  return (a, b) => sign * compareValues(sortKey(a, field), sortKey(b, field));
}

function sortKey(experiment: MlflowExperiment, field: (typeof ORDERS)[number]): string | number {
  return field === 'experiment_id' ? Number(experiment.experiment_id) : experiment[field];
}

function compareValues(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
