import { formatDuration } from '../../../schemas/duration.ts';
import { goalOf } from '../../../schemas/metric-goal.ts';
import { formatAgo, formatChange, formatMoment, formatNumber } from '../../shared/format.ts';
import type { Field } from '../data/fields.ts';

const LONG_NUMBER = 10;

/** What a run has in a column, in words. */
export function cellText(field: Field, row: number, now: number): string {
  if (field.type === 'text' || field.type === 'state') return field.text(row) ?? '';
  const value = field.number(row);
  if (value === undefined) return '';
  if (field.type === 'time') return formatAgo(value, now);
  if (field.type === 'duration') return formatDuration(value);
  // a param is what somebody wrote, unless a program wrote all its digits
  const written = field.text(row);
  return written === undefined || written.length > LONG_NUMBER ? formatNumber(value) : written;
}

/** The same in full, for a closer look. */
export function fullText(field: Field, row: number): string {
  const value = field.number(row);
  if (value === undefined || field.type === 'duration') return cellText(field, row, Date.now());
  return field.type === 'time' ? formatMoment(value) : (field.text(row) ?? String(value));
}

/** A number that is no run's own, such as a mean. */
export function numberText(field: Field, value: number | undefined): string {
  if (value === undefined) return '';
  return field.type === 'duration' ? formatDuration(value) : formatNumber(value);
}

export interface Difference {
  differs: boolean;
  /** of numbers: by how much, and whether that is better; undefined where nobody can say */
  change?: { text: string; more: boolean; better: boolean | undefined };
}

/** What a run has there, beside the run that is compared with. When it started says nothing. */
export function differenceOf(field: Field, row: number, baseline: number): Difference | undefined {
  if (field.type === 'time' || field.kind === 'run') return durationDifference(field, row, baseline);
  const [value, other] = [field.number(row), field.number(baseline)];
  if (value === undefined || other === undefined) return { differs: field.text(row) !== field.text(baseline) };
  return numberDifference(field, value, other);
}

function durationDifference(field: Field, row: number, baseline: number): Difference | undefined {
  if (field.type !== 'duration') return undefined;
  return numberDifference(field, field.number(row) ?? Number.NaN, field.number(baseline) ?? Number.NaN);
}

function numberDifference(field: Field, value: number, other: number): Difference {
  const delta = value - other;
  if (Object.is(value, other) || delta === 0) return { differs: false };
  if (!Number.isFinite(delta)) return { differs: true };
  const size = Math.abs(delta);
  const text = field.type === 'duration' ? formatDuration(size) : formatChange(size, value);
  return { differs: true, change: { text, more: delta > 0, better: isBetter(field, delta) } };
}

function isBetter({ kind, key, id }: Field, delta: number): boolean | undefined {
  if (kind !== 'metric' || id.startsWith('metric.step:')) return undefined;
  return goalOf(key) === 'highest' ? delta > 0 : delta < 0;
}
