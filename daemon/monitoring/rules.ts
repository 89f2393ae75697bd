/** When a column counts as drifted: its effect passes `threshold`, and its test finds the difference significant. */
export interface DriftRules {
  test: DriftTest;
  threshold: number;
  /** what p must be below */
  significance: number;
  /** fewer values than this on either side say nothing */
  minRows: number;
}

/** `auto`: Kolmogorov-Smirnov for numbers, chi-square for categories. */
export type DriftTest = 'auto' | 'ks' | 'chi_square' | 'psi';

export const DEFAULT_RULES: DriftRules = { test: 'auto', threshold: 0.1, significance: 0.05, minRows: 5 };

/**
 * A monitor looks at many columns again and again while its window fills. At p < 0.05 a column, two windows of three would
 * raise a false alarm on the way; with one in a thousand, divided among the columns (Bonferroni), few do. In a full window
 * of 1,000 requests the threshold is the stricter of the two anyway.
 */
export function monitorRules(test: DriftTest, threshold: number, columns: number, window: number): DriftRules {
  return { test, threshold, significance: FALSE_ALARMS / Math.max(1, columns), minRows: Math.min(window, 30) };
}

const FALSE_ALARMS = 0.001;

/** How many requests a monitor waits for before it says anything. */
export function neededRequests(window: number): number {
  return Math.min(window, 100);
}
