import type { FromTablePanel } from '../../schemas/panels/table.ts';
import type { Host } from '../shared/host.ts';
import type { Curves } from './curves/curves.ts';
import type { Field } from './data/fields.ts';
import type { Runs } from './data/runs.ts';
import type { TableLook } from './look.ts';
import type { Selection } from './selection.ts';
import type { Column } from './view/columns.ts';
import type { View } from './view/view.ts';

/** What every part of the table needs. */
export interface TableContext {
  runs: Runs;
  /** counts up whenever a run changes */
  version: number;
  fields: ReadonlyMap<string, Field>;
  curves: Curves;
  /** counts up whenever one comes */
  curvesVersion: number;
  view: View;
  columns: Column[];
  /** the chosen columns, shown or not */
  chosen: string[];
  look: TableLook;
  host: Host<FromTablePanel, TableLook>;
  selection: Selection;
  /** the row of the run that others are compared with */
  baseline: number | undefined;
  now: number;
  opened: ReadonlySet<string | undefined>;
  toggleGroup(value: string | undefined): void;
}
