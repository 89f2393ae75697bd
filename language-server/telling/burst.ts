/**
 * Acts once for a burst of calls: as soon as a whole turn of the loop has brought no more of them. What was called for is
 * given together, each thing once.
 */
export function afterBurst<Thing>(act: (things: ReadonlySet<Thing>) => void): (thing: Thing) => void {
  let things = new Set<Thing>();
  let calls = 0;
  let isWaiting = false;
  const turn = (): void => {
    const seen = calls;
    setImmediate(() => {
      if (seen !== calls) return turn();
      const told = things;
      things = new Set();
      isWaiting = false;
      act(told);
    });
  };
  return (thing) => {
    calls++;
    things.add(thing);
    if (isWaiting) return;
    isWaiting = true;
    setImmediate(turn);
  };
}
