/** MLflow's search grammar: filters and orders, read, printed and completed. */
export type { Condition, Dialect, Order, SearchKind, SearchOp } from './conditions.ts';
export { SearchError } from './conditions.ts';
export { parseFilter } from './filter.ts';
export { parseOrder } from './order.ts';
export { printFilter, printKey, printOrder } from './print.ts';
export type { Token } from './tokens.ts';
export { tokenize } from './tokens.ts';
