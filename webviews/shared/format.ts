import { formatDuration } from '../../schemas/duration.ts';

const DIGITS = 4;

/** Four significant digits in as few signs as that takes; what is no number says so. */
export function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e9 || size < 1e-4) return withMinus(value.toExponential(DIGITS - 1));
  if (Number.isInteger(value)) return grouped(value, 0);
  const decimals = Math.max(0, DIGITS - 1 - Math.floor(Math.log10(size)));
  return grouped(value, decimals);
}

/** The same without zeros at the end: for numbers that somebody chose, and for differences. */
export function formatShort(value: number): string {
  const text = formatNumber(value);
  return /[.]\d*$/.test(text) ? text.replace(/[.]?0+$/, '') : text.replace(/[.]?0+e/, 'e');
}

/** A difference with the decimals of the value beside it, unless it would vanish. */
export function formatChange(change: number, value: number): string {
  const decimals = /[.](\d+)$/.exec(formatNumber(value))?.[1]?.length ?? 0;
  return Number(change.toFixed(decimals)) === 0 ? formatShort(change) : formatFixed(change, decimals);
}

/** Numbers of one axis: as many decimals as it takes to tell neighbours `step` apart. */
export function formatTick(value: number, step: number): string {
  const largest = Math.max(Math.abs(value), Math.abs(step));
  if (largest >= 1e6 || largest < 1e-4) return formatShort(value);
  return grouped(value, Math.max(0, Math.min(6, Math.ceil(-Math.log10(step) - 1e-9))));
}

/** As many decimals as given, for columns of numbers that are compared with each other. */
export function formatFixed(value: number | null | undefined, decimals: number): string {
  return typeof value === 'number' && Number.isFinite(value) ? grouped(value, decimals) : formatNumber(value);
}

export function formatPercent(share: number, decimals = 0): string {
  return Number.isFinite(share) ? `${grouped(share * 100, decimals)} %` : '–';
}

export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count, 0)} ${count === 1 ? one : many}`;
}

/** p-values below what four decimals can show are smaller than any reader cares for. */
export function formatPValue(p: number | null): string {
  if (p === null) return '–';
  return p < 0.0001 ? '< 0.0001' : grouped(p, 4);
}

export function formatMilliseconds(ms: number): string {
  if (ms >= 1000) return formatDuration(ms);
  return `${grouped(ms, ms < 10 ? 1 : 0)} ms`;
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

const RELATIVE = new Intl.RelativeTimeFormat('en');
/** Under a minute seconds are told, by tens: nobody wants to see them pass. */
const A_WHILE_MS = 10_000;

export function formatAgo(at: number, now: number): string {
  const passed = Math.max(0, now - at);
  const unit = UNITS.find(([, size]) => passed >= size);
  if (!unit) return passed < A_WHILE_MS ? 'just now' : `${Math.floor(passed / A_WHILE_MS) * 10} seconds ago`;
  return RELATIVE.format(-Math.floor(passed / unit[1]), unit[0]);
}

/** After so many milliseconds formatAgo reads otherwise. */
export function agoChangesIn(at: number, now: number): number {
  const passed = now - at;
  if (passed < 0) return A_WHILE_MS - passed;
  const size = UNITS.find(([, size]) => passed >= size)?.[1] ?? A_WHILE_MS;
  return size - (passed % size);
}

export function formatMoment(at: number): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}

export function formatClock(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

export function formatHourAndMinute(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
}

/** By decimals: making one takes longer than a hundred numbers. */
const FORMATS = new Map<number, Intl.NumberFormat>();

function formatOf(decimals: number): Intl.NumberFormat {
  const known = FORMATS.get(decimals);
  if (known) return known;
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const made = new Intl.NumberFormat('en-US', options);
  FORMATS.set(decimals, made);
  return made;
}

function grouped(value: number, decimals: number): string {
  const text = formatOf(decimals).format(value);
  return withMinus(Number(value.toFixed(decimals)) === 0 ? text.replace('-', '') : text);
}

function withMinus(text: string): string {
  return text.replace(/^-/, '−');
}
