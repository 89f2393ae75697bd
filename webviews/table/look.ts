export interface Sort {
  field: string;
  descending: boolean;
}

export type Aggregate = 'mean' | 'min' | 'max';

/** How a person arranged the table. */
export interface TableLook {
  filter: string;
  /** the first decides, the next where it leaves runs equal */
  sorts: Sort[];
  /** the columns in their order; null until a person chose some */
  columns: string[] | null;
  pinned: string[];
  widths: Record<string, number>;
  hideConstant: boolean;
  /** the run that others are compared with */
  baseline: string | null;
  group: string | null;
  aggregate: Aggregate;
  choosing: boolean;
}

export const DEFAULT_LOOK: TableLook = {
  filter: '',
  sorts: [],
  columns: null,
  pinned: [],
  widths: {},
  hideConstant: true,
  baseline: null,
  group: null,
  aggregate: 'mean',
  choosing: false,
};
