import type { Span } from '../positions.ts';

/**
 * Cuts a text at the lines that begin with a key at exactly this indentation. What stands before the first one belongs to
 * none of them; comments and list items (which may stand as far left as their key) belong to the key above.
 */
export function splitAtIndent(text: string, indent: number): Span[] {
  if (indent < 0) return [];
  const keyLine = new RegExp(`(?<=^|[\\r\\n]) {${indent}}(?!-[\\s]|-$|---|\\.\\.\\.)[^\\s#\\]},]`, 'g');
  const starts = Array.from(text.matchAll(keyLine), (match) => match.index);
  return starts.map((start, at) => [start, starts[at + 1] ?? text.length]);
}
