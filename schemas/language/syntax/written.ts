import type { Span } from '../positions.ts';
import type { ScalarNode } from './tree.ts';

/** Where a text stands letter by letter, without its quotes; null where it is folded, escaped or elsewhere (an alias). */
export function writtenSpan({ value, span: [start, end] }: ScalarNode, text: string): Span | null {
  const quoted = end - start >= 2 && /["']/.test(text.charAt(start));
  const inner: Span = quoted ? [start + 1, end - 1] : [start, end];
  return text.slice(...inner) === value ? inner : null;
}
