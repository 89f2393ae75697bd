import type { Column } from './columns.ts';

/** What of a column is wanted: a range of numbers, or some of its words. */
export type Brush = { from: number; to: number } | { words: string[] };

/** Which runs are within all brushes. */
export function brushed(
  ids: readonly string[],
  columns: readonly Column[],
  brushes: Record<string, Brush>,
): Set<string> {
  const active = columns.flatMap((column) => {
    const brush = Object.hasOwn(brushes, column.id) ? brushes[column.id] : undefined;
    return brush ? [{ column, brush }] : [];
  });
  return new Set(ids.filter((id) => active.every(({ column, brush }) => isWithin(column, id, brush))));
}

function isWithin({ cells }: Column, id: string, brush: Brush): boolean {
  const cell = cells.get(id);
  if (cell === undefined) return false;
  if ('words' in brush) return brush.words.includes(String(cell));
  return typeof cell === 'number' && cell >= brush.from && cell <= brush.to;
}

export function without<T>(record: Record<string, T>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== key));
}
