import type { Column } from '../view/columns.ts';
import type { Window } from './window.ts';

/** The narrow column in which runs are marked. */
export const MARK_WIDTH = 30;

/** The columns that are drawn, and where: pinned ones stay at the left edge, the others follow a gap of what is not drawn. */
export interface Layout {
  pinned: Column[];
  loose: Column[];
  gap: number;
  width: number;
}

export function layoutOf(columns: readonly Column[], { firstColumn, lastColumn }: Window): Layout {
  const all = columns.filter(({ pinned }) => !pinned);
  const loose = all.slice(firstColumn, lastColumn);
  const last = columns.at(-1);
  return {
    pinned: columns.filter(({ pinned }) => pinned),
    loose,
    gap: (loose[0]?.left ?? 0) - (all[0]?.left ?? 0),
    width: MARK_WIDTH + (last ? last.left + last.width : 0),
  };
}
