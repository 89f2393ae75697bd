import type { ColumnDrift } from '../../schemas/wire/monitoring.ts';
import { table } from './text.ts';

const TESTS: Record<ColumnDrift['test'], string> = { ks: 'KS', chi_square: 'chi-square', psi: 'PSI' };

/** The columns of a drift report, one a line. */
export function columnTable(columns: readonly ColumnDrift[]): string {
  const titles = [
    'column',
    'state',
    'test',
    { right: 'statistic' },
    { right: 'p' },
    { right: 'effect' },
    'threshold',
    '',
  ];
  return table(titles, columns.map(cells));
}

function cells({ name, state, test, statistic, p_value, effect_name, effect, threshold, note }: ColumnDrift): string[] {
  const size = effect === null ? '–' : `${effect_name} ${digits(effect)}`;
  return [name, state, TESTS[test], digits(statistic), probability(p_value), size, String(threshold), note];
}

function digits(value: number | null): string {
  if (value === null) return '–';
  return value.toFixed(Math.abs(value) < 100 ? 3 : 1);
}

/** Below a thousandth nobody compares them any more; `--json` has them all. */
function probability(value: number | null): string {
  if (value === null) return '–';
  return value < 0.001 ? '< 0.001' : value.toFixed(3);
}
