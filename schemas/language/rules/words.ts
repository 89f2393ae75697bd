import { FORMATS } from '../grammar/formats.ts';
import type { Shape } from '../grammar/shape.ts';
import { choicesOf } from '../grammar/shape.ts';
import { listed } from '../suggest.ts';

const TYPES = {
  object: 'a map',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: '`true` or `false`',
} as const;

/** What a value should be: "a path or a list of paths". */
export function inWords(shape: Shape): string {
  const choices = choicesOf(shape);
  if (choices) {
    return quotedList(choices);
  }
  if (shape.takes) return shape.takes;
  if (shape.format) return FORMATS[shape.format].takes;
  if (shape.anyOf) return listed(shape.anyOf.map(inWords), 'or');
  return shape.type ? TYPES[shape.type] : 'any value';
}

/** "`a`, `b` or `c`" */
export function quotedList(words: readonly unknown[], last = 'or'): string {
  return listed(
    words.map((word) => `\`${word}\``),
    last,
  );
}
