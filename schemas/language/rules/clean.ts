import { blocksOf } from '../blocks.ts';

/**
 * For checks that look at one thing alone, such as a step or an expression: what had nothing wrong has nothing wrong for as
 * long as it is there, and so has a block of such things, which is then passed over as a whole.
 */
export function eachUnlessClean<Thing extends object, Rest extends unknown[], Found>(
  check: (thing: Thing, ...rest: Rest) => Found[],
): (things: readonly Thing[], ...rest: Rest) => Found[] {
  const ofOne = unlessClean(check);
  const ofBlock = unlessClean((block: readonly Thing[], ...rest: Rest) =>
    block.flatMap((thing) => ofOne(thing, ...rest)),
  );
  return (things, ...rest) => blocksOf(things).flatMap((block) => ofBlock(block, ...rest));
}

function unlessClean<Thing extends object, Rest extends unknown[], Found>(
  check: (thing: Thing, ...rest: Rest) => Found[],
): (thing: Thing, ...rest: Rest) => Found[] {
  const clean = new WeakSet<Thing>();
  return (thing, ...rest) => {
    if (clean.has(thing)) return [];
    const found = check(thing, ...rest);
    if (found.length === 0) clean.add(thing);
    return found;
  };
}
