import type { Condition } from '../../../schemas/search/index.ts';

/** A piece of a statement with the values of its question marks. */
export interface Sql {
  text: string;
  values: unknown[];
}

export function sql(text: string, ...values: unknown[]): Sql {
  return { text, values };
}

export function allOf(parts: readonly Sql[]): Sql {
  return joined(parts, 'AND', 'TRUE');
}

export function anyOf(parts: readonly Sql[]): Sql {
  return joined(parts, 'OR', 'FALSE');
}

export function comparison(column: string, { op, value }: Condition): Sql {
  if (op === 'IN' || op === 'NOT IN') {
    return sql(`${column} ${op} (SELECT value FROM json_each(?))`, JSON.stringify(value));
  }
  // SQLite's LIKE minds no case
  if (op === 'ILIKE') return sql(`${column} LIKE ?`, value);
  if (op === 'LIKE') return sql(`${column} GLOB ?`, asGlob(value));
  return op === 'IS NULL' || op === 'IS NOT NULL' ? sql(`${column} ${op}`) : sql(`${column} ${op} ?`, value);
}

function joined(parts: readonly Sql[], word: string, whenEmpty: string): Sql {
  if (parts.length === 0) return sql(whenEmpty);
  return sql(`(${parts.map(({ text }) => text).join(` ${word} `)})`, ...parts.flatMap(({ values }) => values));
}

/** `%` and `_` as GLOB writes them; what GLOB reads as a pattern of its own stands for itself. */
function asGlob(pattern: string): string {
  return pattern.replace(/[[*?]/g, '[$&]').replaceAll('%', '*').replaceAll('_', '?');
}
