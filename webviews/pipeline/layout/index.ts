import { across } from './across.ts';
import type { Cell } from './cells.ts';
import { cellsOf } from './cells.ts';
import { ordered } from './order.ts';
import type { Band, End } from './routes.ts';
import { routed } from './routes.ts';
import type { Slots } from './slots.ts';
import { slotsOf } from './slots.ts';
import type { Box, Layout, Link, Place } from './types.ts';

export type { Box, Layout, Link, Place, PlacedLink } from './types.ts';

const LAYER_GAP = 44;
const STACK_GAP = 14;

/** A drawing of what waits for what, from top to bottom: in layers, with few crossings and straight links. */
export function layoutOf(boxes: readonly Box[], links: readonly Link[]): Layout {
  const slots = slotsOf(boxes, links);
  const rows = ordered(slots.rows, slots).map((row) => cellsOf(row, slots.all));
  const { places, bands, width, height } = placed(rows, slots);
  const stacked = new Set(rows.flat().flatMap((cell) => (cell.slots.length > 1 ? cell.slots : [])));
  const middles = places.middles;
  const endOf = (slot: number, id: string): End => ({
    place: places.boxes.get(id) ?? { x: 0, y: 0, width: 0, height: 0 },
    band: bandOf(slots, bands, slot),
    isStacked: stacked.has(slot),
  });
  return {
    width,
    height,
    places: places.boxes,
    links: slots.chains.map(({ link, slots: chain }) => {
      const passes = chain.slice(1, -1).map((slot) => ({ x: middles[slot] ?? 0, band: bandOf(slots, bands, slot) }));
      return { ...link, ...routed(endOf(chain[0] ?? 0, link.from), passes, endOf(chain.at(-1) ?? 0, link.to)) };
    }),
    layers: rows.map((row) => linesOf(row).flatMap((slot) => slots.all[slot]?.box?.id ?? [])),
  };
}

/** Of a layer with several boxes in each column first those at the top. */
function linesOf(row: readonly Cell[]): number[] {
  const high = Math.max(0, ...row.map(({ slots }) => slots.length));
  return Array.from({ length: high }, (_, line) => row.flatMap(({ slots }) => slots[line] ?? [])).flat();
}

const NO_BAND: Band = { top: 0, bottom: 0 };
const bandOf = ({ all }: Slots, bands: readonly Band[], slot: number): Band => bands[all[slot]?.rank ?? 0] ?? NO_BAND;

function placed(rows: readonly Cell[][], slots: Slots) {
  const { all } = slots;
  const middles = across(rows, slots);
  const left = all.reduce((least, { width }, slot) => Math.min(least, (middles[slot] ?? 0) - width / 2), Infinity);
  for (const slot of all.keys()) middles[slot] = (middles[slot] ?? 0) - left;
  const boxes = new Map<string, Place>();
  const bands: Band[] = [];
  let y = 0;
  for (const row of rows) {
    const height = Math.max(0, ...row.map((cell) => heightOf(cell, slots)));
    for (const cell of row) putBelow(cell, y + (height - heightOf(cell, slots)) / 2);
    bands.push({ top: y, bottom: y + height });
    y += height + LAYER_GAP;
  }
  const width = all.reduce((most, slot, at) => Math.max(most, (middles[at] ?? 0) + slot.width / 2), 0);
  return { places: { boxes, middles }, bands, width, height: Math.max(0, y - LAYER_GAP) };

  function putBelow({ slots: column }: Cell, top: number): void {
    let at = top;
    for (const slot of column) {
      const { box } = all[slot] ?? {};
      if (!box) continue;
      boxes.set(box.id, { x: (middles[slot] ?? 0) - box.width / 2, y: at, width: box.width, height: box.height });
      at += box.height + STACK_GAP;
    }
  }
}

function heightOf({ slots: column }: Cell, { all }: Slots): number {
  return column.reduce((sum, slot) => sum + (all[slot]?.box?.height ?? 0) + STACK_GAP, -STACK_GAP);
}
