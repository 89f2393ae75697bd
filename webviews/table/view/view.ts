import type { Condition } from '../../../schemas/search/index.ts';
import type { Field } from '../data/fields.ts';
import type { Runs } from '../data/runs.ts';
import { filterRows } from '../data/searched.ts';
import type { TableLook } from '../look.ts';
import type { Group } from './groups.ts';
import { groupRows } from './groups.ts';
import type { FieldSort } from './sort.ts';
import { sortRows } from './sort.ts';

/** What the table shows, line by line. */
export interface View {
  /** a row of a run, or, less than zero, a group: -1 the first, -2 the second */
  lines: Int32Array;
  groups: Group[];
  /** the rows for which the filter holds, in order */
  rows: Uint32Array;
  /** how large a value's bar is beside the largest; 0 where bars would say nothing */
  bars: Map<string, number>;
}

export interface ViewParts {
  runs: Runs;
  fields: ReadonlyMap<string, Field>;
  conditions: readonly Condition[];
  look: Pick<TableLook, 'sorts' | 'group' | 'aggregate'>;
  /** values of groups whose runs are shown */
  opened: ReadonlySet<string | undefined>;
}

export function viewOf({ runs, fields, conditions, look, opened }: ViewParts): View {
  const sorts = look.sorts.flatMap(({ field: id, descending }): FieldSort[] => {
    const field = fields.get(id);
    return field ? [{ field, descending }] : [];
  });
  const rows = sortRows(runs, filterRows(runs, runs.rows(), conditions), sorts);
  const by = look.group === null ? undefined : fields.get(look.group);
  if (!by) return { lines: Int32Array.from(rows), groups: [], rows, bars: new Map() };
  const groups = groupRows(rows, by, sorts, look.aggregate);
  return { lines: linesOf(groups, opened), groups, rows, bars: new Map() };
}

function linesOf(groups: readonly Group[], opened: ViewParts['opened']): Int32Array {
  const isOpen = (group: Group) => opened.has(group.value);
  const count = groups.reduce((sum, group) => sum + 1 + (isOpen(group) ? group.rows.length : 0), 0);
  const lines = new Int32Array(count);
  let at = 0;
  groups.forEach((group, index) => {
    lines[at++] = -1 - index;
    if (!isOpen(group)) return;
    lines.set(group.rows, at);
    at += group.rows.length;
  });
  return lines;
}

/** Bars of nearly the same length show nothing. */
const ALIKE = 0.9;

/** The size that fills a cell of this column; 0 for no bars. Looked up once, and only of columns that are seen. */
export function fullBar(view: View, field: Field): number {
  const known = view.bars.get(field.id);
  if (known !== undefined) return known;
  const full = largestOf(view.rows, field);
  view.bars.set(field.id, full);
  return full;
}

function largestOf(rows: Uint32Array, field: Field): number {
  let [largest, smallest] = [0, Number.POSITIVE_INFINITY];
  for (const row of rows) {
    const size = Math.abs(field.number(row) ?? Number.NaN);
    if (!Number.isFinite(size)) continue;
    if (size > largest) largest = size;
    if (size < smallest) smallest = size;
  }
  return smallest > largest * ALIKE ? 0 : largest;
}
