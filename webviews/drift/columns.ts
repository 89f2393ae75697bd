import type { ColumnDrift, DriftReport } from '../../schemas/wire/monitoring.ts';

const TESTS: Record<ColumnDrift['test'], string> = {
  ks: 'Kolmogorov–Smirnov',
  chi_square: 'Chi-square',
  psi: 'Population stability',
};

export function testName({ test }: ColumnDrift): string {
  return TESTS[test];
}

/** The column's effect in each report so far, oldest first. */
export function trendOf(history: DriftReport['history'], column: string): { x: number; y: number }[] {
  return history.flatMap(({ at, effects }) => {
    const y = effects[column];
    return y === undefined ? [] : [{ x: at, y }];
  });
}

/** The trend in words, for those who don't see its picture. */
export function trendWord(trend: { y: number }[]): string {
  const first = trend[0]?.y;
  const last = trend.at(-1)?.y;
  if (first === undefined || last === undefined || trend.length < 2) return 'no trend yet';
  if (Math.abs(last - first) < 0.01) return 'steady';
  return last > first ? 'rising' : 'falling';
}
