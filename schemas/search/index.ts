/** MLflow's search grammar: filters and orders, read, printed and completed. */
export type { Completion, CompletionItem, Vocabulary } from './complete.ts';
export { completeFilter } from './complete.ts';
export type { Condition, Dialect, Order, SearchKind } from './conditions.ts';
export { SearchError } from './conditions.ts';
export { parseFilter } from './filter.ts';
export type { SearchedRun } from './match.ts';
export { runFilter } from './match.ts';
export { parseOrder } from './order.ts';
export { printFilter, printKey, printOrder } from './print.ts';
export { tokenize } from './tokens.ts';
