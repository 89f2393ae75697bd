/** Unlike JSON's own values, numbers may be ones that JSON has no word for: YAML has. */
export type Canonical = string | number | boolean | null | readonly Canonical[] | { readonly [key: string]: Canonical };

/** One text for one meaning: keys in the order of their code units, no blanks. */
export function canonicalJson(value: Canonical): string {
  // bare words, which no other value is written as
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const entries = Object.entries(value).sort(byName);
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one)}`).join(',')}}`;
}

/** Not by the rules of a language, which differ from machine to machine. */
export const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : one > other ? 1 : 0;

const isList = (value: object): value is readonly Canonical[] => Array.isArray(value);
