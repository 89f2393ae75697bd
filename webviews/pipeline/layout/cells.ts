import type { Slot } from './slots.ts';

/** What stands at one place from left to right: a slot, or in a very wide layer several boxes one below the other. */
export interface Cell {
  slots: number[];
  width: number;
}

/** More boxes than this beside each other nobody can look at: they go on below each other. */
const WIDEST = 12;
/** Columns by the root of the boxes, which are wider than high. */
const SHAPE = 0.68;

export function cellsOf(row: readonly number[], all: readonly Slot[]): Cell[] {
  const boxes = row.filter((slot) => all[slot]?.box).length;
  const columns = Math.max(WIDEST, Math.round(SHAPE * Math.sqrt(boxes)));
  const high = Math.max(1, Math.ceil(boxes / columns));
  const cells: Cell[] = [];
  for (const slot of row) {
    const { box = null, width = 0 } = all[slot] ?? {};
    const last = cells.at(-1);
    const goesBelow = last && box && all[last.slots[0] ?? -1]?.box && last.slots.length < high;
    if (!goesBelow) cells.push({ slots: [slot], width });
    else {
      last.slots.push(slot);
      last.width = Math.max(last.width, width);
    }
  }
  return cells;
}
