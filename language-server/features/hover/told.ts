import type { Span } from '../../../schemas/language/positions.ts';

/** What there is to say, in Markdown, and what it is about. */
export interface Told {
  text: string;
  span: Span;
}
