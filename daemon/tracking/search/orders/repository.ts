import type { Order } from '../../../../schemas/search/index.ts';
import { attribute, RUN_NAME_TAG } from '../conditions/repository.ts';
import type { Sql } from '../sql.ts';
import { sql } from '../sql.ts';

/** One after the other they decide the order of runs. */
export interface Term {
  text: string;
  descending: boolean;
}

const TABLES = { metric: 'series', param: 'params', tag: 'tags' } as const;

/** What the terms need beside `runs r`: a value that a run may not have. */
export function joinsOf(orders: readonly Order[]): Sql[] {
  return orders.flatMap(({ kind, key }, index) => {
    const table = kind === 'metric' || kind === 'param' || kind === 'tag' ? TABLES[kind] : undefined;
    if (table === undefined || isName({ kind, key })) return [];
    return [sql(`LEFT JOIN ${table} k${index} ON k${index}.run_no = r.run_no AND k${index}.key = ?`, key)];
  });
}

/** Runs without a value come last in both directions, before them those with NaN. Newer runs come first where nothing else decides. */
export function termsOf(orders: readonly Order[]): Term[] {
  const isByTime = orders.some(({ kind, key }) => kind === 'attribute' && key === 'start_time');
  return [
    ...orders.flatMap(orderTerms),
    ...(isByTime ? [] : [{ text: 'r.started_at', descending: true }]),
    { text: 'r.run_id', descending: false },
  ];
}

function orderTerms(order: Order, index: number): Term[] {
  const { kind, key, descending } = order;
  if (isName(order)) return [{ text: 'r.name', descending }];
  if (kind === 'attribute') {
    const text = attribute(key);
    const missing = key === 'end_time' ? [{ text: `${text} IS NULL`, descending: false }] : [];
    return [...missing, { text, descending }];
  }
  const text = `k${index}.value`;
  const rank =
    kind === 'metric' ? `CASE typeof(${text}) WHEN 'null' THEN 2 WHEN 'text' THEN 1 ELSE 0 END` : `${text} IS NULL`;
  return [
    { text: rank, descending: false },
    { text, descending },
  ];
}

function isName({ kind, key }: Pick<Order, 'kind' | 'key'>): boolean {
  return kind === 'tag' && key === RUN_NAME_TAG;
}
