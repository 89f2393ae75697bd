import { goalOf } from '../../../schemas/metric-goal.ts';
import type { Column } from '../model/columns.ts';
import type { Item } from '../model/items.ts';
import { axisOf } from './axis.ts';

/** The runs from the least interesting to the best by what colours them; those without a value come first. */
export function byStanding(items: readonly Item[], colour: Column | undefined): Item[] {
  if (!colour) return [...items];
  const sign = colour.kind === 'metric' && goalOf(colour.name) === 'lowest' ? -1 : 1;
  const { placeOf } = axisOf(colour);
  const keyed = items.map((item) => {
    const place = placeOf(colour.cells.get(item.id));
    return { item, key: place === null ? Number.NEGATIVE_INFINITY : sign * place };
  });
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
}
