import type { Field } from '../data/fields.ts';
import type { Runs } from '../data/runs.ts';
import type { Aggregate } from '../look.ts';
import type { FieldSort } from './sort.ts';

/** Runs that are equal in one column. */
export interface Group {
  /** undefined: those that have nothing there */
  value: string | undefined;
  rows: Uint32Array;
}

/** Each keeps the order of its rows. Runs without a value there are none of the choices: they come last. */
export function groupRows(rows: Uint32Array, field: Field, sorts: readonly FieldSort[], aggregate: Aggregate): Group[] {
  const groups = inOrder(groupsOf(rows, field), field, sorts, aggregate);
  return groups.sort((a, b) => Number(a.value === undefined) - Number(b.value === undefined));
}

function groupsOf(rows: Uint32Array, field: Field): Group[] {
  const byValue = new Map<string | undefined, number[]>();
  for (const row of rows) {
    const value = field.text(row);
    const group = byValue.get(value);
    if (group) group.push(row);
    else byValue.set(value, [row]);
  }
  return [...byValue].map(([value, rows]): Group => ({ value, rows: Uint32Array.from(rows) }));
}

/** They follow the first order that says something of them; else the larger come first. */
function inOrder(groups: Group[], field: Field, sorts: readonly FieldSort[], aggregate: Aggregate): Group[] {
  const [sort] = sorts;
  // rows come in the order of values already, and groups in that of their first rows
  if (sort && sort.field.id === field.id) return groups;
  if (sort === undefined || !isSummed(sort.field)) return groups.sort((a, b) => b.rows.length - a.rows.length);
  const sums = new Map(groups.map((group) => [group, aggregateOf(group.rows, sort.field, aggregate)]));
  const place = (group: Group) => {
    const sum = sums.get(group);
    return sum === undefined || Number.isNaN(sum) ? Number.POSITIVE_INFINITY : sort.descending ? -sum : sum;
  };
  return groups.sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0));
}

export function idsOf({ ids }: Pick<Runs, 'ids'>, { rows }: Group): string[] {
  return Array.from(rows, (row) => ids[row] ?? '');
}

export function isSummed({ type }: Field): boolean {
  return type === 'number' || type === 'duration';
}

/** Of those rows that have a number; NaN is none. */
export function aggregateOf(rows: Uint32Array, field: Field, aggregate: Aggregate): number | undefined {
  let [count, sum, least, greatest] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of rows) {
    const value = field.number(row);
    if (value === undefined || Number.isNaN(value)) continue;
    count += 1;
    sum += value;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  if (count === 0) return undefined;
  return aggregate === 'mean' ? sum / count : aggregate === 'min' ? least : greatest;
}

/** What all rows have in common there; undefined when they differ. */
export function commonText(rows: Uint32Array, field: Field): string | undefined {
  const first = field.text(rows[0] ?? -1);
  return rows.every((row) => field.text(row) === first) ? first : undefined;
}
