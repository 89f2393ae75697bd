import { formatWhole } from '../../schemas/count-text.ts';
import { headlinesFirst } from '../../schemas/headline-metrics.ts';
import type { MetricNumber, WorkState } from '../../schemas/wire/common.ts';
import type { RunSummary } from '../../schemas/wire/tracking.ts';

const MARKS: Record<WorkState, string> = {
  pending: '○',
  running: '●',
  succeeded: '✓',
  failed: '✗',
  cancelled: '⊘',
  skipped: '–',
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is about these
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;

/** A run's or model's name may hold anything: in a terminal it must neither move the cursor nor turn the text around. */
export function printable(text: string): string {
  return text.replace(CONTROLS, '\ufffd');
}

export function mark(state: WorkState): string {
  return MARKS[state];
}

/** Of a run: the sign of its state, or of a trial that was ended early. */
export function runMark({ state, pruned_step }: Pick<RunSummary, 'state' | 'pruned_step'>): string {
  return pruned_step === undefined ? mark(state) : '✂';
}

/** A column's title; numbers stand on the right, so that their digits are below each other. */
export type Title = string | { right: string };

/** Columns under their titles; the last one may be of any width. */
export function table(titles: Title[], rows: string[][]): string {
  const words = titles.map((title) => (typeof title === 'string' ? title : title.right));
  const widths = words.map((word, at) => Math.max(word.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: string[]) =>
    cells
      .map((cell, at) =>
        typeof titles[at] === 'string' ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(words), ...rows.map(line)].join('\n');
}

/** Names before their values, one a line. */
export function pairs(entries: [string, string][]): string {
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
}

export function ago(then: number, now = Date.now()): string {
  const time = roughly(now - then);
  return time === null ? 'just now' : `${time} ago`;
}

export function ahead(then: number, now = Date.now()): string {
  return `in ${roughly(then - now) ?? 'less than a minute'}`;
}

/** "3 hours"; null below a minute */
function roughly(ms: number): string | null {
  const units: [number, string][] = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
  ];
  const unit = units.find(([size]) => ms >= size);
  return unit ? count(Math.floor(ms / unit[0]), unit[1]) : null;
}

/** Four decimals for what lies around one, powers of ten for what is far from it. */
export function metricText(value: MetricNumber): string {
  if (typeof value === 'string') return value;
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e7) return String(value);
  if (size >= 1e5 || size < 1e-4) return value.toExponential(2);
  return value.toFixed(size < 100 ? 4 : 1);
}

/** What most people look at first; whatever else there is fills up. */
export function headline(metrics: [string, MetricNumber][], shown = 3): string {
  const chosen = headlinesFirst(metrics, ([key]) => key).slice(0, shown);
  return chosen.map(([key, value]) => `${key} ${metricText(value)}`).join('  ');
}

/** As many of them as there is room for, and one in any case. */
export function fittingHeadline(metrics: [string, MetricNumber][], room: number): string {
  const texts = [1, 2, 3].map((shown) => headline(metrics, shown));
  return texts.findLast((text) => text.length <= room) ?? texts[0] ?? '';
}

export function count(n: number, word: string): string {
  return `${formatWhole(n)} ${word}${n === 1 ? '' : 's'}`;
}

const SIZES = ['kB', 'MB', 'GB', 'TB'] as const;

/** 999 bytes, 1.2 kB, 350 MB */
export function bytes(n: number): string {
  if (n < 1000) return count(n, 'byte');
  const power = Math.min(SIZES.length, Math.floor(Math.log10(n) / 3));
  const size = n / 1000 ** power;
  return `${size < 9.95 ? size.toFixed(1) : Math.round(size)} ${SIZES[power - 1]}`;
}

/** As a shell takes it for one word. */
export function quoted(text: string): string {
  return /^[\w.=+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

export function indented(text: string, by = '  '): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : by + line))
    .join('\n');
}
