/**
 * For checks that look at one thing alone, such as a step or an expression: what had nothing wrong has nothing wrong for as
 * long as it is there. `keyOf`: what is there as long as nothing about it changes.
 */
export function unlessClean<Thing, Rest extends unknown[], Found>(
  keyOf: (thing: Thing) => object,
  check: (thing: Thing, ...rest: Rest) => Found[],
): (thing: Thing, ...rest: Rest) => Found[] {
  const clean = new WeakSet<object>();
  return (thing, ...rest) => {
    const key = keyOf(thing);
    if (clean.has(key)) return [];
    const found = check(thing, ...rest);
    if (found.length === 0) clean.add(key);
    return found;
  };
}
