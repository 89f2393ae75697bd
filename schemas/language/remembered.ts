/**
 * What was made of a thing stays with it for as long as the thing is there. What is read of a piece of text keeps its
 * identity until that text changes, so most of a file is made once, not at each key stroke. `rest`: what it is made with,
 * which must lead to the same for as long as the thing is there.
 */
export function remembered<Thing extends object, Made, Rest extends unknown[]>(
  make: (thing: Thing, ...rest: Rest) => Made,
): (thing: Thing, ...rest: Rest) => Made {
  const known = new WeakMap<Thing, { made: Made }>();
  return (thing, ...rest) => {
    const earlier = known.get(thing);
    if (earlier) return earlier.made;
    const made = make(thing, ...rest);
    known.set(thing, { made });
    return made;
  };
}
