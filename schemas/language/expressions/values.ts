import type { JsonValue } from '../json.ts';

/** How values of different kinds meet, as in GitHub Actions. */

export const isTrue = (value: JsonValue): boolean =>
  value !== null && value !== false && value !== '' && value !== 0 && !Number.isNaN(value);

const NUMBER = /^[-+]?(?:0x[\da-f]+|0o[0-7]+|(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?|Infinity)$/i;

export function toNumber(value: JsonValue): number {
  if (typeof value === 'number') return value;
  if (value === null) return 0;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string') return Number.NaN;
  const text = value.trim();
  return text === '' || NUMBER.test(text) ? Number(text) : Number.NaN;
}

/** As it is written into a text. */
export function toText(value: JsonValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  // JSON has no word for these
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** A few expressions could otherwise fill the memory. */
const MOST_LETTERS = 1_000_000;
const LONGEST = `${MOST_LETTERS / 1_000_000} million characters`;
export const TOO_LONG = `An expression here comes to a text of more than ${LONGEST}: keep data in files.`;

/** Null where it would be too long to be of use to anybody. */
export function joinedText(parts: readonly string[], separator = ''): string | null {
  const length = parts.reduce((sum, part) => sum + part.length + separator.length, 0);
  return length > MOST_LETTERS ? null : parts.join(separator);
}

export function isEqual(left: JsonValue, right: JsonValue): boolean {
  if (isCollection(left) || isCollection(right)) return left === right;
  if (typeof left === 'string' && typeof right === 'string') return folded(left) === folded(right);
  if (typeof left === typeof right && left !== null && right !== null) return left === right;
  if (left === null && right === null) return true;
  return toNumber(left) === toNumber(right);
}

export function isLess(left: JsonValue, right: JsonValue): boolean {
  if (isCollection(left) || isCollection(right)) return false;
  if (typeof left === 'string' && typeof right === 'string') return folded(left) < folded(right);
  return toNumber(left) < toNumber(right);
}

/** Upper and lower case are the same in comparisons. */
export const folded = (text: string): string => text.toUpperCase();

const isCollection = (value: JsonValue): boolean => typeof value === 'object' && value !== null;
