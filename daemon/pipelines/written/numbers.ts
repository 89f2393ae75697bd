import type { JsonValue } from '../../../schemas/language/json.ts';

/** As Python, NumPy and JSON write it. */
const NUMBER = /^[-+]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?|inf(?:inity)?|nan)$/i;

/** Texts that are numbers count as such: NaN has no other word in JSON. */
export function numberIn(value: JsonValue): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  const text = typeof value === 'string' ? value.trim() : '';
  if (!NUMBER.test(text)) return undefined;
  if (/nan/i.test(text)) return Number.NaN;
  return /inf/i.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text);
}

/** All numbers in a value by their dotted names, as DVC names them; lists and words are left out. One that stands alone has no name. */
export function numbersIn(value: JsonValue, name = ''): [name: string, value: number][] {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, one]) => numbersIn(one, name === '' ? key : `${name}.${key}`));
  }
  const number = numberIn(value);
  return number === undefined ? [] : [[name, number]];
}
