import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ColumnDrift } from '../../schemas/wire/monitoring.ts';
import { columnDrift } from './columns/column-drift.ts';
import type { PreparedColumn } from './columns/prepare.ts';
import { prepareColumn } from './columns/prepare.ts';
import type { Columns } from './report.ts';
import { mostDriftedFirst } from './report.ts';
import type { DriftRules } from './rules.ts';
import type { RecordWindow } from './window.ts';

/** Others get their turn after this much work: 11 columns of 1,000 requests take 9 ms, the worst of 20,000 some 25 ms each. */
const LONGEST_TURN_MS = 8;

/** The report of a window, column by column, without holding the event loop. */
export async function reportOfWindow(
  reference: Columns,
  window: RecordWindow,
  wanted: readonly string[],
  rules: DriftRules,
): Promise<ColumnDrift[]> {
  // the window moves on between turns; a report is of one moment
  const values = wanted.map((name) => ({ name, cells: window.column(name) }));
  const columns: ColumnDrift[] = [];
  let since = performance.now();
  for (const { name, cells } of values) {
    const before = reference.get(name);
    const now: PreparedColumn | undefined = cells && prepareColumn(before?.kind ?? 'category', cells);
    columns.push(columnDrift(name, before, now, rules));
    if (performance.now() - since < LONGEST_TURN_MS) continue;
    await nextTurn();
    since = performance.now();
  }
  return mostDriftedFirst(columns);
}
