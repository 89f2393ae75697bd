import type { Document } from 'yaml';
import { Composer, Lexer, Parser } from 'yaml';
import { LIMITS } from './limits.ts';

/** Of Node and Chromium; elsewhere nobody reads it. */
const TRACED: ErrorConstructor & { stackTraceLimit?: number } = Error;

export type Composed = { documents: Document.Parsed[] } | { tooDeepAt: number };

/**
 * Composing is recursive and reading deep text is slow, so depth is watched while tokens arrive: a text that opens ten
 * thousand brackets is refused after the first few dozen. `level`: how many levels lie around the text.
 */
export function compose(text: string, level = 0): Composed {
  // the library makes an Error of each complaint: nobody reads where it was made, which takes most of the time
  const { stackTraceLimit } = TRACED;
  TRACED.stackTraceLimit = 0;
  try {
    return composeTokens(text, level);
  } finally {
    TRACED.stackTraceLimit = stackTraceLimit;
  }
}

function composeTokens(text: string, level: number): Composed {
  const parser = new Parser();
  // uniqueKeys and merge keys are ours to judge; stringKeys stays off, so that odd keys can be named; the tokens tell which
  // bracket was never closed
  const composer = new Composer({
    uniqueKeys: false,
    merge: false,
    logLevel: 'silent',
    prettyErrors: false,
    keepSourceTokens: true,
  });
  const documents: Document.Parsed[] = [];
  let read = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
    read += isMarker(lexeme) ? 0 : lexeme.length;
    if (parser.stack.length + level > LIMITS.depth * 2) return { tooDeepAt: Math.min(read, text.length) };
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end(true, text.length));
  return { documents };
}

/** The lexer speaks of document starts, flow ends and scalars with control characters that are not in the text. */
const isMarker = (lexeme: string) => lexeme === '\x02' || lexeme === '\x18' || lexeme === '\x1f';
