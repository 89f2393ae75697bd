import type { Condition } from '../../schemas/search/index.ts';

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
  if (op === 'ILIKE')
    return sql(inTime(`${isEnglish(value) ? column : `lowered(${column})`} LIKE ?`), value.toLowerCase());
  if (op === 'LIKE') return sql(inTime(`${column} GLOB ?`), asGlob(value));
  return op === 'IS NULL' || op === 'IS NOT NULL' ? sql(`${column} ${op}`) : sql(`${column} ${op} ?`, value);
}

/** Of these letters SQLite's LIKE minds no case. */
function isEnglish(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}

/** A CASE, since it is looked at in this order, and anew for each value. */
function inTime(test: string): string {
  return `CASE WHEN in_time() THEN ${test} END`;
}

/** `%` and `_` as GLOB writes them; what GLOB reads as a pattern of its own stands for itself. */
function asGlob(pattern: string): string {
  return pattern.replace(/[[*?]/g, '[$&]').replaceAll('%', '*').replaceAll('_', '?');
}
