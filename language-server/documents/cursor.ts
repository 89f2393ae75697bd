import type { PipelineDocument } from '../../schemas/language/parse.ts';
import { trying } from '../../schemas/language/parse.ts';
import type { Span } from '../../schemas/language/positions.ts';
import type { Place } from './locate.ts';
import { locate } from './locate.ts';

/**
 * Where a person is typing. The text around the cursor is rarely whole, so the word being typed is replaced by one of ours,
 * with the colon that a key needs, and the text is read again: whatever the word ends up as says what can stand there.
 */
export interface Cursor {
  place: Place;
  /** the word that a chosen completion replaces */
  word: Span;
  /** a colon follows already */
  hasColon: boolean;
  /** columns before the word */
  column: number;
  /** nothing but spaces before the word */
  startsLine: boolean;
  /** within `{}` or `[]` */
  inBrackets: boolean;
  /** between quotes */
  inQuotes: boolean;
}

/** A word as plain as others: what is around it is read as quickly as without it. */
const STAND_IN = 'crisol_cursor_stands_here';
const WORD = /[\p{L}\p{N}_@./$-]/u;

export function cursorAt(document: PipelineDocument, offset: number): Cursor | null {
  const { text, lines } = document;
  const { line } = lines.position(offset);
  const [lineStart, lineEnd] = lines.lineSpan(line);
  let start = offset;
  while (start > lineStart && WORD.test(text.charAt(start - 1))) start--;
  let end = offset;
  while (end < lineEnd && WORD.test(text.charAt(end))) end++;
  const before = text.slice(lineStart, start);
  if (isInComment(before)) return null;
  const startsLine = before.trim() === '';
  const hasColon = /^["']?\s*:(\s|$)/.test(text.slice(end, lineEnd));
  const colon = startsLine && !hasColon ? ':' : '';
  const whole = `${text.slice(0, start)}${STAND_IN}${colon}${text.slice(end)}`;
  const place = trying(document, whole, (root) => locate(root, start + 1));
  if (!place || !isStandIn(place)) return null;
  const inBrackets = isFlow(place);
  const inQuotes = place.on === 'value' && place.node.kind === 'scalar' && place.node.quoted;
  return { place, word: [start, end], hasColon, column: start - lineStart, startsLine, inBrackets, inQuotes };
}

const isInComment = (before: string) => /(^|\s)#/.test(before.replace(/"[^"]*"|'[^']*'/g, ''));

function isStandIn(place: Place): boolean {
  if (place.on === 'key') return place.entry.key.includes(STAND_IN);
  return place.node.kind === 'scalar' && place.node.text.includes(STAND_IN);
}

function isFlow(place: Place): boolean {
  if (place.on === 'key') return place.map.flow;
  const parent = place.path.at(-2)?.value ?? null;
  return parent?.kind === 'map' && parent.flow;
}
