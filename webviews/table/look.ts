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
  /** curves beside the last values of metrics */
  sparklines: boolean;
  /** the run that others are compared with */
  baseline: string | null;
  group: string | null;
  aggregate: Aggregate;
  choosing: boolean;
  /** the runs that are marked, as far as they are few enough to be kept */
  marked: string[];
  /** the groups whose runs are shown; null: that of runs without a value */
  opened: (string | null)[];
  /** how far it is scrolled down */
  top: number;
}

export const DEFAULT_LOOK: TableLook = {
  filter: '',
  sorts: [],
  columns: null,
  pinned: [],
  widths: {},
  hideConstant: true,
  sparklines: true,
  baseline: null,
  group: null,
  aggregate: 'mean',
  choosing: false,
  marked: [],
  opened: [],
  top: 0,
};
