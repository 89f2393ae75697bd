import type { Condition, Order, SearchKind } from './conditions.ts';
import { prefixOf } from './dialects.ts';

/** The filter as text, which reads as the same conditions. */
export function printFilter(conditions: readonly Condition[]): string {
  return conditions.map(printCondition).join(' AND ');
}

export function printOrder({ kind, key, descending }: Order): string {
  return `${printKey(kind, key)} ${descending ? 'DESC' : 'ASC'}`;
}

/** `metrics.loss`, with backticks where the key needs them. */
export function printKey(kind: SearchKind, key: string): string {
  if (kind === 'attribute') return key;
  const isPlain = key.split('.').every((part) => /^[\p{L}\p{N}_$#@][\p{L}\p{N}\p{M}_$#@]*$/u.test(part));
  return `${prefixOf(kind)}.${isPlain ? key : `\`${key.replaceAll('`', '``')}\``}`;
}

function printCondition({ kind, key, op, value }: Condition): string {
  const start = `${printKey(kind, key)} ${op}`;
  return value === null ? start : `${start} ${printValue(value)}`;
}

function printValue(value: number | string | readonly string[]): string {
  if (typeof value === 'number') return printNumber(value);
  return typeof value === 'string' ? printText(value) : `(${value.map(printText).join(', ')})`;
}

function printText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function printNumber(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  return value > 0 ? '1e999' : '-1e999';
}
