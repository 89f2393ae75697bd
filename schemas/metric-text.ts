import type { MetricNumber } from './wire/common.ts';

/** Three digits that count, whatever the size. */
export function metricText(value: MetricNumber): string {
  if (typeof value === 'string') return value;
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e6) return String(value);
  return size >= 1e6 || size < 0.001 ? value.toExponential(2) : value.toFixed(size < 10 ? 3 : 1);
}

const SHORT_NAMES = new Map([
  ['f1_macro', 'f1'],
  ['accuracy', 'acc'],
]);

/** "f1 0.612", where there is little room. */
export function shortMetric({ key, value }: { key: string; value: MetricNumber }): string {
  return `${SHORT_NAMES.get(key) ?? key} ${metricText(value)}`;
}
