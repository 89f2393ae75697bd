/** A point of a series as the store orders them: by step, then time, then value; NaN comes after every number. */
export type Point = readonly [step: number, timestamp: number, value: number];

export function comparePoints(a: Point, b: Point): number {
  return a[0] - b[0] || a[1] - b[1] || compareValues(a[2], b[2]);
}

export function compareValues(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return a === b ? 0 : Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}
