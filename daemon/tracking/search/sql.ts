import type { Condition } from '../../../schemas/search/index.ts';
import { CrisolError } from '../../base/errors.ts';

/** Longer than any value that is kept; SQLite refuses patterns that are much longer, and takes their square of time. */
const MAX_PATTERN_CHARS = 10_000;

/** A piece of a statement with the values of its question marks. */
export interface Sql {
  text: string;
  values: unknown[];
}

export function sql(text: string, ...values: unknown[]): Sql {
  return { text, values };
}

export function allOf(parts: readonly Sql[]): Sql {
  if (parts.length === 0) return sql('TRUE');
  return sql(`(${parts.map(({ text }) => text).join(' AND ')})`, ...parts.flatMap(({ values }) => values));
}

export function comparison(column: string, { op, value }: Condition): Sql {
  if (op === 'IN' || op === 'NOT IN') {
    return sql(`${column} ${op} (SELECT value FROM json_each(?))`, JSON.stringify(value));
  }
  // SQLite's LIKE minds no case
  if (op === 'ILIKE') return sql(`${column} LIKE ?`, checkedPattern(value));
  if (op === 'LIKE') return sql(`${column} GLOB ?`, asGlob(checkedPattern(value)));
  return op === 'IS NULL' || op === 'IS NOT NULL' ? sql(`${column} ${op}`) : sql(`${column} ${op} ?`, value);
}

function checkedPattern(pattern: string): string {
  if (pattern.length <= MAX_PATTERN_CHARS) return pattern;
  throw new CrisolError('INVALID_PARAMETER_VALUE', `A pattern may have at most ${MAX_PATTERN_CHARS} characters`);
}

/** `%` and `_` as GLOB writes them; what GLOB reads as a pattern of its own stands for itself. */
function asGlob(pattern: string): string {
  return pattern.replace(/[[*?]/g, '[$&]').replaceAll('%', '*').replaceAll('_', '?');
}
