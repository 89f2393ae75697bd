import type { ColumnDrift, DriftReport } from '../../schemas/wire/monitoring.ts';
import { formatCount } from '../shared/format.ts';

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

/** What monitors allow by chance in a whole report; its columns share it. */
const FALSE_ALARMS = 0.001;

/** What makes a column drift: few rows may differ by chance, and many rows make any difference significant. */
export function ruleOf({ test, threshold, effect_name }: ColumnDrift, columns: number): string {
  const size = test === 'ks' ? `${effect_name} is over ${threshold}` : `PSI is at least ${threshold}`;
  return test === 'psi'
    ? `Drift when ${size}`
    : `Drift when p is under ${FALSE_ALARMS} ÷ ${formatCount(columns, 'column')} and ${size}`;
}

/** "0.18 > 0.1": whether the effect is as large as the rule asks. */
export function comparison({ test, effect, threshold }: ColumnDrift): string {
  const size = effect ?? 0;
  if (test === 'ks') return size > threshold ? '>' : '≤';
  return size >= threshold ? '≥' : '<';
}

/** What was long ago says nothing of where it goes now. */
const RECENT_REPORTS = 5;

/** The trend in words, for those who don't see its picture. */
export function trendWord(trend: { y: number }[]): string {
  const first = trend.at(-RECENT_REPORTS)?.y ?? trend[0]?.y;
  const last = trend.at(-1)?.y;
  if (first === undefined || last === undefined || trend.length < 2) return 'no trend yet';
  if (Math.abs(last - first) < 0.01) return 'steady';
  return last > first ? 'rising' : 'falling';
}
