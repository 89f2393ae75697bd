/**
 * What was made of a thing stays with it for as long as the thing is there. What is read of a piece of text keeps its
 * identity until that text changes, so most of a file is made once, not at each key stroke.
 */
export function remembered<Thing extends object, Made>(make: (thing: Thing) => Made): (thing: Thing) => Made {
  const known = new WeakMap<Thing, { made: Made }>();
  return (thing) => {
    const earlier = known.get(thing);
    if (earlier) return earlier.made;
    const made = make(thing);
    known.set(thing, { made });
    return made;
  };
}
