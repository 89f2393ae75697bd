import type { Span } from '../positions.ts';
import type { ScalarNode } from './tree.ts';

/** Where a text stands letter by letter, without its quotes; null where it is folded, escaped or elsewhere (an alias). */
export function writtenSpan({ value, span: [start, end] }: ScalarNode, text: string): Span | null {
  const quoted = end - start >= 2 && /["']/.test(text.charAt(start));
  const inner: Span = quoted ? [start + 1, end - 1] : [start, end];
  return text.slice(...inner) === value ? inner : null;
}

/** A tag says how a value is read (`!!int "5"`), and would say it of another in its place. */
export const isTagged = ({ span: [start] }: ScalarNode, text: string): boolean =>
  /(?:^|[\s,[{])!\S*\s+(?:&\S+\s+)?$/.test(text.slice(Math.max(0, start - LONGEST_PROPERTIES), start));

const LONGEST_PROPERTIES = 200;
