import type { Order } from '../../../../schemas/search/index.ts';
import type { Sql } from '../../../store/index.ts';
import { sql } from '../../../store/index.ts';
import { attribute, RUN_NAME_TAG } from '../conditions/repository.ts';

/** One after the other they decide the order of runs. What a run lacks comes last in both directions. */
export interface Term {
  value: Sql;
  descending: boolean;
  /** only then, or its index would not be walked */
  mayLack?: boolean;
}

/** Newer runs come first where nothing else decides. */
export function termsOf(orders: readonly Order[]): Term[] {
  const isByTime = orders.some(({ kind, key }) => kind === 'attribute' && key === 'start_time');
  return [
    ...orders.map(termOf),
    ...(isByTime ? [] : [{ value: sql('r.started_at'), descending: true }]),
    { value: sql('r.run_id'), descending: false },
  ];
}

/**
 * Looked up for each run, not joined: SQLite would look for the best order of all joins. NaN is a word in the store, and words
 * come after numbers; so that they do in both directions, numbers change their signs instead.
 */
function termOf({ kind, key, descending }: Order): Term {
  if (kind === 'tag' && key === RUN_NAME_TAG) return { value: sql('r.name'), descending };
  if (kind === 'attribute') return { value: sql(attribute(key)), descending, mayLack: key === 'end_time' };
  if (kind !== 'metric')
    return { value: lookup(kind === 'tag' ? 'tags' : 'params', 'k.value', key), descending, mayLack: true };
  const value = descending ? "CASE WHEN k.value < '' THEN -k.value ELSE k.value END" : 'k.value';
  return { value: lookup('series', value, key), descending: false, mayLack: true };
}

function lookup(table: string, value: string, key: string): Sql {
  return sql(`(SELECT ${value} FROM ${table} k WHERE k.run_no = r.run_no AND k.key = ?)`, key);
}
