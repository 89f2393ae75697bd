/** Chance that is the same on every machine: only integer arithmetic and + - * / (no exp, no log, no sin). */
export type Random = () => number;

/** mulberry32: a 32-bit state, uniform numbers in [0, 1). */
export function mulberry32(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Close to a standard normal number: the sum of twelve uniform ones has mean 6 and variance 1. */
export function normal(random: Random): number {
  let sum = 0;
  for (let draw = 0; draw < 12; draw++) sum += random();
  return sum - 6;
}

/** One of the names, each as likely as its weight says; the weights add up to 1. */
export function choose<Name extends string>(random: Random, weights: readonly (readonly [Name, number])[]): Name {
  let left = random();
  for (const [name, weight] of weights) {
    if (left < weight) return name;
    left -= weight;
  }
  const last = weights.at(-1);
  if (last === undefined) throw new RangeError('nothing to choose from');
  return last[0];
}

export function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

export function round(value: number, digits: number): number {
  let scale = 1;
  for (let digit = 0; digit < digits; digit++) scale *= 10;
  return Math.floor(value * scale + 0.5) / scale;
}
