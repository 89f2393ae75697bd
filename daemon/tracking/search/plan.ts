import type { Condition, Order } from '../../../schemas/search/index.ts';
import type { Selection, Source } from './repository.ts';

/** What is looked for, of experiments that are there. */
export type Wanted = Pick<Selection, 'experimentNos' | 'which' | 'parents' | 'conditions' | 'orders' | 'after'>;

/** Each experiment that is merged repeats every condition and order: SQLite takes only so much in one statement. */
const MOST_MERGED = 300;

/** The selections that give the list one after the other. */
export function planOf(wanted: Wanted): Selection[] {
  const [first] = wanted.orders;
  const isMerged = canMerge(wanted);
  if (isByTime(first)) return [{ ...wanted, source: { of: 'runs' }, reading: isMerged ? 'merged' : 'walked' }];
  if (first?.kind !== 'metric' || !isMerged) return [{ ...wanted, source: { of: 'runs' }, reading: 'sorted' }];
  return sourcesOf(first.key, wanted.conditions).map((source) => ({ ...wanted, source, reading: 'merged' }));
}

function canMerge({ experimentNos, conditions, orders }: Wanted): boolean {
  if (experimentNos === undefined) return false;
  const { length } = experimentNos;
  return length === 1 || length * (1 + conditions.length + orders.length) <= MOST_MERGED;
}

/** Whether pages can go on behind the last run of the page before. */
export function goesOnBehind(orders: readonly Order[]): boolean {
  const [first] = orders;
  return first === undefined || (orders.length === 1 && isByTime(first) && first.descending);
}

/** Whether it may take long: it may read every run, or its statement cannot stop early. */
export function mayReadAll({ source, parents, conditions, reading }: Selection): boolean {
  return (
    conditions.length > 0 ||
    parents !== undefined ||
    reading === 'sorted' ||
    source.of === 'nan' ||
    source.of === 'missing'
  );
}

function isByTime(order: Order | undefined): boolean {
  return order === undefined || (order.kind === 'attribute' && order.key === 'start_time');
}

/** A condition on the metric itself leaves out runs that do not have it, and NaN unless it is only to differ. */
function sourcesOf(metric: string, conditions: readonly Condition[]): Source[] {
  const own = conditions.filter(({ kind, key }) => kind === 'metric' && key === metric);
  const sources: Source[] = [{ of: 'numbers', metric }];
  if (own.every(({ op }) => op === '!=')) sources.push({ of: 'nan', metric });
  if (own.length === 0) sources.push({ of: 'missing', metric });
  return sources;
}
