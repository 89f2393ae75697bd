import type { Slots } from './slots.ts';

const ROUNDS = 12;
/** After so many rounds that were no better, none will be. */
const PATIENCE = 3;

type Graph = Pick<Slots, 'above' | 'below'>;

/** Puts each layer in an order in which few links cross: each slot near the middle of those it is linked with, down and up again. */
export function ordered(rows: readonly number[][], graph: Graph): number[][] {
  let best = rows.map((row) => [...row]);
  let fewest = crossings(best, graph);
  let now = best;
  for (let round = 0, idle = 0; round < ROUNDS && fewest > 0 && idle < PATIENCE; round++) {
    now = swept(now, round % 2 === 0 ? graph.above : graph.below, round % 2 === 0);
    const count = crossings(now, graph);
    idle = count < fewest ? 0 : idle + 1;
    if (count >= fewest) continue;
    best = now;
    fewest = count;
  }
  return best;
}

function swept(rows: readonly number[][], linked: readonly number[][], downward: boolean): number[][] {
  const result = rows.map((row) => [...row]);
  const position = positionsIn(rows);
  const order = downward ? result : result.toReversed();
  for (const row of order) {
    const middles = new Map(row.map((slot, at) => [slot, middleOf(linked[slot] ?? [], position) ?? at]));
    row.sort((one, other) => (middles.get(one) ?? 0) - (middles.get(other) ?? 0));
    for (const [at, slot] of row.entries()) position.set(slot, at);
  }
  return result;
}

function positionsIn(rows: readonly number[][]): Map<number, number> {
  return new Map(rows.flatMap((row) => row.map((slot, at) => [slot, at] as const)));
}

function middleOf(linked: readonly number[], position: ReadonlyMap<number, number>): number | undefined {
  if (linked.length === 0) return undefined;
  return linked.reduce((sum, slot) => sum + (position.get(slot) ?? 0), 0) / linked.length;
}

/** How many pairs of links cross between neighbouring layers. */
export function crossings(rows: readonly number[][], { below }: Pick<Graph, 'below'>): number {
  const position = positionsIn(rows);
  return rows.reduce((sum, row) => {
    const targets = row.flatMap((slot) =>
      (below[slot] ?? []).map((lower) => position.get(lower) ?? 0).sort((one, other) => one - other),
    );
    return sum + inversions(targets);
  }, 0);
}

/** Pairs that stand the wrong way round, counted in a binary indexed tree. */
function inversions(numbers: readonly number[]): number {
  const size = numbers.reduce((most, number) => Math.max(most, number), 0) + 1;
  const tree = new Uint32Array(size + 1);
  let count = 0;
  for (const [at, number] of numbers.entries()) {
    let notGreater = 0;
    for (let index = number + 1; index > 0; index -= index & -index) notGreater += tree[index] ?? 0;
    count += at - notGreater;
    for (let index = number + 1; index <= size; index += index & -index) tree[index] = (tree[index] ?? 0) + 1;
  }
  return count;
}
