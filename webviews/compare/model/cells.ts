import { formatNumber, formatShort } from '../../shared/format.ts';
import type { Cell, Column } from './columns.ts';

export function cellText(cell: Cell): string {
  return typeof cell === 'number' ? formatShort(cell) : (cell ?? '');
}

/** As a table shows it: results line up, params stand as they were chosen. */
export function tableText(column: Column, cell: Cell): string {
  if (cell === undefined) return '–';
  return typeof cell === 'number' && column.kind === 'metric' ? formatNumber(cell) : cellText(cell);
}
