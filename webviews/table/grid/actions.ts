import type { TableContext } from '../context.ts';
import type { Field } from '../data/fields.ts';
import { NAME_FIELD } from '../data/fields.ts';
import type { Column } from '../view/columns.ts';
import { moveColumn, NARROWEST, shiftColumn, WIDEST } from '../view/columns.ts';

/** What a person may do with a column. */

/** Numbers and times are looked at from the greatest down, texts from A on; the third time brings the usual order back. */
export function sortBy({ look, host }: TableContext, { id, type }: Field, add: boolean): void {
  const first = type !== 'text' && type !== 'state';
  const now = look.sorts.find(({ field }) => field === id);
  const sort = now === undefined ? { field: id, descending: first } : turned(now, first);
  if (!add) host.keep({ sorts: sort ? [sort] : [] });
  else if (now === undefined) host.keep({ sorts: [...look.sorts, { field: id, descending: first }] });
  else host.keep({ sorts: look.sorts.flatMap((one) => (one.field === id ? (sort ?? []) : one)) });
}

function turned(sort: { field: string; descending: boolean }, first: boolean) {
  return sort.descending === first ? { ...sort, descending: !first } : undefined;
}

export function sortOnly({ host }: TableContext, { id }: Field, descending: boolean): void {
  host.keep({ sorts: [{ field: id, descending }] });
}

export function togglePin({ look, host }: TableContext, { id }: Field): void {
  const pinned = look.pinned.includes(id) ? look.pinned.filter((one) => one !== id) : [...look.pinned, id];
  host.keep({ pinned });
}

export function hide({ chosen, look, host }: TableContext, { id }: Field): void {
  if (id === NAME_FIELD) return;
  const sorts = look.sorts.filter(({ field }) => field !== id);
  host.keep({ columns: chosen.filter((one) => one !== id), sorts });
}

export function shift({ chosen, columns, host }: TableContext, { id }: Field, by: -1 | 1): void {
  const moved = shiftColumn(chosen, columns, id, by);
  if (moved) host.keep({ columns: moved });
}

/** What is dropped among the pinned is pinned. */
export function dropBefore({ chosen, look, host }: TableContext, id: string, before: Column): void {
  if (id === before.field.id || id === NAME_FIELD || before.field.id === NAME_FIELD) return;
  const others = look.pinned.filter((one) => one !== id);
  host.keep({
    columns: moveColumn(chosen, id, before.field.id),
    pinned: before.pinned ? [...others, id] : others,
  });
}

export function resize({ look, host }: TableContext, { field }: Pick<Column, 'field'>, width: number): void {
  const widths = { ...look.widths, [field.id]: Math.round(Math.max(NARROWEST, Math.min(WIDEST, width))) };
  host.keep({ widths });
}

export function groupBy({ look, host }: TableContext, { id }: Field): void {
  host.keep({ group: look.group === id ? null : id });
}

export function canGroupBy({ kind, id, texts }: Field): boolean {
  return texts !== undefined && id !== NAME_FIELD && kind !== 'metric';
}
