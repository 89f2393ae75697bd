/** What is refused at once, since nobody writes it by hand and reading it would cost the reader. */
export const LIMITS = {
  /** UTF-16 units: some 100,000 lines */
  length: 4_000_000,
  depth: 64,
  /** nodes that aliases may stand for, all together */
  aliasNodes: 10_000,
} as const;
