import type { Span } from '../../schemas/language/positions.ts';

/** A cursor at the end of something is still at it. */
export const touches = ([start, end]: Span, offset: number): boolean => start <= offset && offset <= end;

/** Of an expression the spans count from the text that holds it: in the file they lie so much further on. */
export const moved = ([start, end]: Span, base: number): Span => [start + base, end + base];

/** A block reaches to where the next one begins; the blank lines between them belong to nobody. */
export function withoutBlankEnd([start, end]: Span, text: string): Span {
  return [start, start + text.slice(start, end).trimEnd().length];
}
