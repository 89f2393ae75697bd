import { formatWhole } from '../../schemas/count-text.ts';
import type { ColumnDrift, ColumnState } from '../../schemas/wire/monitoring.ts';
import type { PreparedColumn } from './columns/prepare.ts';

export type Columns = ReadonlyMap<string, PreparedColumn>;

/** Two data sets compared as wholes. */
export interface FramesDrift {
  /** most drifted first */
  columns: ColumnDrift[];
  share: number;
  /** `unknown` when no column could be compared */
  state: ColumnState;
}

const ORDER = { drift: 0, ok: 1, unknown: 2 } as const;

export function mostDriftedFirst(columns: readonly ColumnDrift[]): ColumnDrift[] {
  const excess = ({ effect, threshold }: ColumnDrift) => (effect ?? 0) / threshold;
  return columns.toSorted(
    (a, b) => ORDER[a.state] - ORDER[b.state] || excess(b) - excess(a) || a.name.localeCompare(b.name, 'en'),
  );
}

export function driftedColumns(columns: readonly ColumnDrift[]): ColumnDrift[] {
  return columns.filter(({ state }) => state === 'drift');
}

/** The share of all columns that drifted. */
export function driftedShare(columns: readonly ColumnDrift[]): number {
  return columns.length === 0 ? 0 : driftedColumns(columns).length / columns.length;
}

/** "2 of 11 columns drifted in the last 1,000 requests; most: home_form" */
export function driftSentence(columns: readonly ColumnDrift[], requests: number): string {
  const drifted = driftedColumns(columns);
  const where = `the last ${formatWhole(requests)} requests`;
  if (columns.every(({ state }) => state === 'unknown')) return `No column could be compared over ${where}`;
  const all = `${columns.length} ${columns.length === 1 ? 'column' : 'columns'}`;
  const most = drifted[0];
  if (!most) return `No drift in ${all} over ${where}`;
  return `${drifted.length} of ${all} drifted in ${where}; most: ${most.name}`;
}
