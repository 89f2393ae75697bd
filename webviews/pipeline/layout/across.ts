import type { Cell } from './cells.ts';
import type { Slots } from './slots.ts';

const GAP = 28;
const ROUNDS = 8;

/** The middle of each slot from left to right: as near to those it is linked with as its neighbours in the layer let it. */
export function across(
  rows: readonly Cell[][],
  { all, above, below }: Pick<Slots, 'all' | 'above' | 'below'>,
): Float64Array {
  const middles = new Float64Array(all.length);
  for (const row of rows) put(row, packed(row), middles);
  for (let round = 0; round < ROUNDS; round++) {
    const downward = round % 2 === 0;
    const linked = downward ? above : below;
    for (const row of downward ? rows : rows.toReversed()) {
      const wishes = row.map((cell) => wishOf(cell, linked, middles));
      put(row, settled(wishes, row), middles);
    }
  }
  return middles;
}

function put(row: readonly Cell[], at: readonly number[], middles: Float64Array): void {
  for (const [index, { slots }] of row.entries()) for (const slot of slots) middles[slot] = at[index] ?? 0;
}

function packed(row: readonly Cell[]): number[] {
  let edge = 0;
  const places = row.map(({ width }) => {
    const middle = edge + width / 2;
    edge += width + GAP;
    return middle;
  });
  return places.map((middle) => middle - (edge - GAP) / 2);
}

interface Wish {
  at: number;
  weight: number;
}

function wishOf({ slots }: Cell, linked: readonly number[][], middles: Float64Array): Wish {
  const others = slots.flatMap((slot) => linked[slot] ?? []);
  const own = middles[slots[0] ?? 0] ?? 0;
  if (others.length === 0) return { at: own, weight: 0.1 };
  return { at: others.reduce((sum, slot) => sum + (middles[slot] ?? 0), 0) / others.length, weight: others.length };
}

/** Places in order and apart, with the least sum of squared distances from what was wished: isotonic regression, in one pass. */
function settled(wishes: readonly Wish[], row: readonly Cell[]): number[] {
  const offsets = packed(row);
  const blocks: { sum: number; weight: number; count: number }[] = [];
  for (const [at, wish] of wishes.entries()) {
    let block = { sum: (wish.at - (offsets[at] ?? 0)) * wish.weight, weight: wish.weight, count: 1 };
    for (let last = blocks.at(-1); last && last.sum / last.weight >= block.sum / block.weight; last = blocks.at(-1)) {
      blocks.pop();
      block = { sum: last.sum + block.sum, weight: last.weight + block.weight, count: last.count + block.count };
    }
    blocks.push(block);
  }
  const shifts = blocks.flatMap(({ sum, weight, count }) => Array.from({ length: count }, () => sum / weight));
  return shifts.map((shift, at) => shift + (offsets[at] ?? 0));
}
