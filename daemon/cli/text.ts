import type { WorkState } from '../../schemas/wire/common.ts';
import type { LatestMetric } from '../../schemas/wire/tracking.ts';

const MARKS: Record<WorkState, string> = {
  pending: '○',
  running: '●',
  succeeded: '✓',
  failed: '✗',
  cancelled: '⊘',
  skipped: '–',
};

export function mark(state: WorkState): string {
  return MARKS[state];
}

/** Columns under their titles; the last one may be of any width. */
export function table(titles: string[], rows: string[][]): string {
  const widths = titles.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(titles), ...rows.map(line)].join('\n');
}

export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

export function ago(then: number, now = Date.now()): string {
  const ms = Math.max(0, now - then);
  const units: [number, string][] = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
  ];
  const unit = units.find(([size]) => ms >= size);
  if (!unit) return 'just now';
  const count = Math.floor(ms / unit[0]);
  return `${count} ${unit[1]}${count === 1 ? '' : 's'} ago`;
}

export function metricText({ value }: Pick<LatestMetric, 'value'>): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : value;
}

export function count(n: number, word: string): string {
  return `${n.toLocaleString('en')} ${word}${n === 1 ? '' : 's'}`;
}
