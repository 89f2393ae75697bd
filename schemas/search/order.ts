import type { Dialect, Order } from './conditions.ts';
import { SearchError } from './conditions.ts';
import { DIALECTS, KIND_WORDS } from './dialects.ts';
import { readIdentifier } from './identifier.ts';
import { shown, TokenReader } from './reader.ts';

/** More than anybody sorts by; SQLite joins at most 64 tables, and each may need one. */
const MAX_ORDERS = 50;

/** Reads clauses such as `metrics.loss DESC`; the first decides, the next where it leaves runs equal. Throws a SearchError. */
export function parseOrder(clauses: readonly string[], dialect: Dialect): Order[] {
  if (clauses.length > MAX_ORDERS) throw new SearchError(`A search may be ordered by at most ${MAX_ORDERS} fields`, 0);
  const orders = clauses.map((clause) => readClause(clause, dialect));
  orders.forEach(({ kind, key }, index) => {
    const isTwice = orders.findIndex((order) => order.kind === kind && order.key === key) < index;
    if (isTwice) throw new SearchError(`\`order_by\` contains duplicate fields: ${shown(clauses.join(', '))}`, 0);
  });
  return orders;
}

function readClause(clause: string, dialect: Dialect): Order {
  const rules = DIALECTS[dialect];
  const reader = new TokenReader(clause);
  if (reader.done) reader.fail(`Invalid order_by clause '${clause}'. Could not be parsed.`);
  const { kind, key } = readIdentifier(reader, rules, rules.orders);
  if (!rules.orderKinds.includes(kind)) reader.fail(`Invalid order_by entity: ${KIND_WORDS[kind]}`, 0);
  const descending = reader.takeWords('DESC');
  if (!descending) reader.takeWords('ASC');
  if (reader.done) return { kind, key, descending };
  const isWord = reader.peek()?.kind === 'word' && reader.peek(1) === undefined;
  const problem = isWord ? 'Invalid ordering key in order_by clause' : 'Invalid order_by clause';
  return reader.fail(`${problem} '${shown(clause)}'.${isWord ? '' : ' Could not be parsed.'}`);
}
