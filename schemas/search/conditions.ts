export type Dialect = 'runs' | 'experiments' | 'models' | 'versions' | 'logged-models';

export type SearchKind = 'metric' | 'param' | 'tag' | 'attribute' | 'dataset';

export const NUMBER_OPS = ['=', '!=', '>', '>=', '<', '<='] as const;
export const TEXT_OPS = ['=', '!=', 'LIKE', 'ILIKE'] as const;
export const LIST_OPS = ['IN', 'NOT IN'] as const;
export const NULL_OPS = ['IS NULL', 'IS NOT NULL'] as const;

export type NumberOp = (typeof NUMBER_OPS)[number];
export type TextOp = (typeof TEXT_OPS)[number];
export type ListOp = (typeof LIST_OPS)[number];
export type NullOp = (typeof NULL_OPS)[number];

/** What is asked of one key; the conditions of a filter all hold. Numbers are compared with numbers, texts with texts. */
export type Condition = { kind: SearchKind; key: string } & (
  | { op: NumberOp; value: number }
  | { op: TextOp; value: string }
  | { op: ListOp; value: readonly string[] }
  | { op: NullOp; value: null }
);

export interface Order {
  kind: SearchKind;
  key: string;
  descending: boolean;
}

/** What is wrong with a search text, in MLflow's words, and where in it. */
export class SearchError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.name = 'SearchError';
    this.at = at;
  }
}
