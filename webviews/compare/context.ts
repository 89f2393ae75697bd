import type { FromComparePanel } from '../../schemas/panels/compare.ts';
import type { Host } from '../shared/host.ts';
import type { CompareLook } from './look.ts';
import type { Column } from './model/columns.ts';
import type { Item } from './model/items.ts';
import type { CompareState } from './state.ts';

export type CompareHost = Host<FromComparePanel, CompareLook>;

/** What every part of the panel needs. */
export interface CompareContext {
  state: CompareState;
  /** every run that there is, the baseline first */
  all: Item[];
  /** those within the brushes */
  shown: Item[];
  columns: Column[];
  look: CompareLook;
  host: CompareHost;
}
