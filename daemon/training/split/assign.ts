import { seededRandom, shuffle } from '../../base/random.ts';

export const PART = { train: 0, test: 1, leftOut: 2 } as const;

/**
 * Draws the rows to test with. Rows with the same label are drawn from separately, so that each label is as frequent in
 * both parts; without labels all rows are alike.
 */
export function assignByChance(labels: readonly (string | null)[], share: number, seed: number): Uint8Array {
  const parts = new Uint8Array(labels.length).fill(PART.train);
  const random = seededRandom(seed);
  for (const rows of rowsByLabel(labels).values()) {
    const chosen = shuffle(rows, random).slice(0, Math.round(share * rows.length));
    for (const row of chosen) parts[row] = PART.test;
  }
  return parts;
}

function rowsByLabel(labels: readonly (string | null)[]): Map<string | null, number[]> {
  const groups = new Map<string | null, number[]>();
  labels.forEach((label, row) => {
    const rows = groups.get(label);
    if (rows === undefined) groups.set(label, [row]);
    else rows.push(row);
  });
  return groups;
}

export interface Limits<T> {
  trainUntil: T;
  /** later rows are left out; without it, all rows after `trainUntil` are tested with */
  testUntil?: T;
}

/** Splits by order: what came first is trained on, what followed is tested with. Rows without a value are left out. */
export function assignByOrder<T extends number | string>(values: readonly (T | null)[], limits: Limits<T>): Uint8Array {
  const { trainUntil, testUntil } = limits;
  return Uint8Array.from(values, (value) => {
    if (value === null || Number.isNaN(value)) return PART.leftOut;
    if (value <= trainUntil) return PART.train;
    return testUntil === undefined || value <= testUntil ? PART.test : PART.leftOut;
  });
}
