import type { ColumnDrift, DriftReport } from '../../schemas/wire/monitoring.ts';

const RANK: Record<ColumnDrift['state'], number> = { drift: 0, ok: 1, unknown: 2 };

/** Most drifted first: by how far each is over its own threshold. */
export function sorted(columns: ColumnDrift[]): ColumnDrift[] {
  return [...columns].sort((a, b) => RANK[a.state] - RANK[b.state] || excess(b) - excess(a));
}

/** 1 is at the threshold, 2 twice over it. */
export function excess({ effect, threshold }: ColumnDrift): number {
  return effect === null ? 0 : effect / Math.max(threshold, Number.EPSILON);
}

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
