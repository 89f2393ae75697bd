import { naturally } from '../../../schemas/natural-order.ts';
import type { CompareLook } from '../look.ts';
import type { Column } from './columns.ts';
import type { Item } from './items.ts';

/** As the person sorted them; the baseline stays on top, so that all can be held against it. */
export function sortedItems(
  items: readonly Item[],
  columns: readonly Column[],
  sort: CompareLook['sort'],
  pinned?: Item,
): Item[] {
  const others = items.filter((item) => item !== pinned);
  const first = pinned && items.includes(pinned) ? [pinned] : [];
  const column = sort && columns.find(({ id }) => id === sort.column);
  if (!sort || (!column && sort.column !== 'name')) return [...first, ...others];
  const direction = sort.descending ? -1 : 1;
  const keyed = others.map((item) => ({ item, key: column ? column.cells.get(item.id) : item.name }));
  keyed.sort((a, b) => {
    if (isNone(a.key) || isNone(b.key)) return Number(isNone(a.key)) - Number(isNone(b.key));
    if (typeof a.key === 'number' && typeof b.key === 'number') return direction * (a.key - b.key);
    return direction * naturally(String(a.key), String(b.key));
  });
  return [...first, ...keyed.map(({ item }) => item)];
}

/** What is not there comes last, whichever way one sorts. */
function isNone(key: unknown): boolean {
  return key === undefined || Number.isNaN(key);
}
