import type { TableData } from '../../shared/chart/figure.tsx';
import type { Item } from './items.ts';

/** What a chart's table says, as a spreadsheet reads it. */
export function tableCsv({ head, rows }: TableData): string {
  return `${[head, ...rows].map((cells) => cells.map(cell).join(',')).join('\n')}\n`;
}

/** Every point known here, one a line: what pandas reads. */
export function pointsCsv(items: readonly Item[]): string {
  const rows = items.flatMap(({ id, name, series }) =>
    [...series.values()].flatMap(({ key, points }) =>
      points.map(([step, timestamp, value]) => [id, name, key, String(step), moment(timestamp), String(value)]),
    ),
  );
  return tableCsv({ head: ['run_id', 'run', 'metric', 'step', 'time', 'value'], rows });
}

/** A script may log a time that no calendar has. */
function moment(timestamp: number): string {
  const date = new Date(timestamp);
  return Number.isNaN(date.getTime()) ? String(timestamp) : date.toISOString();
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
