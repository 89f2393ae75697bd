import { ranksOf } from './ranks.ts';
import type { Box, Link } from './types.ts';

/** A place in a layer: a box, or where a long link passes. */
export interface Slot {
  rank: number;
  width: number;
  box: Box | null;
}

export interface Slots {
  all: Slot[];
  /** of each slot those in the layer above it, and below */
  above: number[][];
  below: number[][];
  /** the slots along each link, from end to end */
  chains: { link: Link; slots: number[] }[];
  /** slots by layer, from left to right */
  rows: number[][];
}

const LINK_WIDTH = 14;
/** So many places where links pass can be put in order at once; of the longest links is drawn where they begin and end. */
const MOST_BENDS = 6000;

export function slotsOf(boxes: readonly Box[], links: readonly Link[]): Slots {
  const ranks = ranksOf(boxes, links);
  const all: Slot[] = boxes.map((box) => ({ rank: ranks.get(box.id) ?? 0, width: box.width, box }));
  const indexOf = new Map(boxes.map(({ id }, at) => [id, at]));
  const downward = links.flatMap((link) => {
    const [from, to] = [indexOf.get(link.from), indexOf.get(link.to)];
    if (from === undefined || to === undefined) return [];
    const span = (all[to]?.rank ?? 0) - (all[from]?.rank ?? 0);
    return span > 0 ? [{ link, from, to, span }] : [];
  });
  let bends = 0;
  const shortFirst = downward.toSorted((one, other) => one.span - other.span);
  const chains = shortFirst.map(({ link, from, to, span }) => {
    bends += span - 1;
    const passing = bends > MOST_BENDS ? [] : pass(all, from, span);
    return { link, slots: [from, ...passing, to] };
  });
  return { all, chains, ...neighbours(all, chains), rows: rowsOf(all) };
}

function pass(all: Slot[], from: number, span: number): number[] {
  const rank = all[from]?.rank ?? 0;
  return Array.from(
    { length: span - 1 },
    (_, at) => all.push({ rank: rank + at + 1, width: LINK_WIDTH, box: null }) - 1,
  );
}

function neighbours(all: readonly Slot[], chains: Slots['chains']): Pick<Slots, 'above' | 'below'> {
  const above = all.map((): number[] => []);
  const below = all.map((): number[] => []);
  for (const { slots } of chains) {
    slots.slice(1).forEach((lower, at) => {
      const upper = slots[at] ?? lower;
      above[lower]?.push(upper);
      below[upper]?.push(lower);
    });
  }
  return { above, below };
}

function rowsOf(all: readonly Slot[]): number[][] {
  const rows: number[][] = [];
  for (const [at, { rank }] of all.entries()) {
    while (rows.length <= rank) rows.push([]);
    rows[rank]?.push(at);
  }
  return rows;
}
