import type { RunQuery } from '../../../daemon/tracking/index.ts';
import type { Condition, Order } from '../../../schemas/search/index.ts';

/** What the oracle knows of a run: as it was logged, not as the store keeps it. */
export interface KnownRun {
  run_id: string;
  experiment_id: string;
  name: string;
  status: string;
  user: string;
  started_at: number;
  ended_at: number | null;
  deleted: boolean;
  metrics: Record<string, number>;
  params: Record<string, string>;
  tags: Record<string, string>;
  datasets: { name: string; digest: string; context: string | undefined }[];
}

type Value = number | string | undefined;

/** The ids of all runs that a query finds, in order: nothing clever, each run is looked at. */
export function expected(
  runs: readonly KnownRun[],
  { experiment_ids, which, conditions, orders }: Omit<RunQuery, 'limit'>,
) {
  return runs
    .filter((run) => experiment_ids === undefined || experiment_ids.includes(run.experiment_id))
    .filter((run) => which === 'all' || run.deleted === (which === 'deleted'))
    .filter((run) => (conditions ?? []).every((condition) => holds(run, condition)))
    .sort((a, b) => byOrders(a, b, orders ?? []))
    .map(({ run_id }) => run_id);
}

function holds(run: KnownRun, condition: Condition): boolean {
  if (condition.kind !== 'dataset') return matches(valueIn(run, condition), condition);
  return run.datasets.some((dataset) => matches(dataset[condition.key as 'name' | 'digest' | 'context'], condition));
}

function matches(found: Value, condition: Condition): boolean {
  if (condition.op === 'IS NULL') return found === undefined;
  if (found === undefined) return false;
  switch (condition.op) {
    case 'IS NOT NULL':
      return true;
    case '=':
      return found === condition.value;
    case '!=':
      return found !== condition.value;
    case 'IN':
      return condition.value.includes(String(found));
    case 'NOT IN':
      return !condition.value.includes(String(found));
    case 'LIKE':
      return asPattern(condition.value).test(String(found));
    case 'ILIKE':
      return asPattern(condition.value.toLowerCase()).test(String(found).toLowerCase());
    case '<':
      return Number(found) < condition.value;
    case '<=':
      return Number(found) <= condition.value;
    case '>':
      return Number(found) > condition.value;
    case '>=':
      return Number(found) >= condition.value;
  }
}

function asPattern(like: string): RegExp {
  const escaped = like
    .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${escaped}$`, 'su');
}

function valueIn(run: KnownRun, { kind, key }: Pick<Condition, 'kind' | 'key'>): Value {
  if (kind === 'metric') return run.metrics[key];
  if (kind === 'param') return run.params[key];
  if (kind === 'tag') return key === 'mlflow.runName' ? run.name : run.tags[key];
  const attributes: Record<string, Value> = {
    run_id: run.run_id,
    run_name: run.name,
    user_id: run.user,
    status: run.status,
    start_time: run.started_at,
    end_time: run.ended_at ?? undefined,
    artifact_uri: `mlflow-artifacts:/${run.experiment_id}/${run.run_id}/artifacts`,
  };
  return attributes[key];
}

function byOrders(a: KnownRun, b: KnownRun, orders: readonly Order[]): number {
  for (const order of orders) {
    const decided = compare(valueIn(a, order), valueIn(b, order), order.descending);
    if (decided !== 0) return decided;
  }
  return b.started_at - a.started_at || (a.run_id < b.run_id ? -1 : 1);
}

function compare(a: Value, b: Value, descending: boolean): number {
  const ranks = rank(a) - rank(b);
  if (ranks !== 0) return ranks;
  if (a === undefined || b === undefined || a === b || Number.isNaN(a)) return 0;
  return (a < b ? -1 : 1) * (descending ? -1 : 1);
}

/** numbers and texts, then NaN, then nothing */
function rank(value: Value): number {
  if (value === undefined) return 2;
  return Number.isNaN(value) ? 1 : 0;
}
