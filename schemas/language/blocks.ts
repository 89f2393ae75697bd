import { remembered } from './remembered.ts';

/**
 * Of thousands of steps one is changed at a time. So long lists are made of blocks: the one around a change is new, all others
 * keep their identity, and what was made of them stays with them.
 */
export type Blocks<Thing> = readonly (readonly Thing[])[];

const blocks = new WeakMap<readonly unknown[], Blocks<unknown>>();

/** A call takes no more arguments than fit on the stack. */
const MOST_AT_ONCE = 1000;

/** One list of several blocks, which must not change any more. */
export function listOf<Thing>(parts: Blocks<Thing>): Thing[] {
  // many times as fast as `flat`
  const list = parts.length > MOST_AT_ONCE ? (parts.flat() as Thing[]) : ([] as Thing[]).concat(...parts);
  blocks.set(list, parts);
  return list;
}

/** Any other list is one block. */
export function blocksOf<Thing>(list: readonly Thing[]): Blocks<Thing> {
  const known = blocks.get(list) as Blocks<Thing> | undefined;
  return known ?? [list];
}

/** Makes a list of a list, block by block, each of them once (see `remembered`). */
export function byBlock<Thing, Made, Rest extends unknown[]>(
  make: (block: readonly Thing[], ...rest: Rest) => readonly Made[],
): (list: readonly Thing[], ...rest: Rest) => Made[] {
  const ofBlock = remembered(make);
  return (list, ...rest) => listOf(blocksOf(list).map((block) => ofBlock(block, ...rest)));
}
