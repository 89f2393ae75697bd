/** A piece of a search text, with its place in it; what is drawn, completed or complained about is found by that place. */
export interface Token {
  kind: 'word' | 'number' | 'quoted' | 'operator' | 'mark' | 'unclosed';
  /** as it was written */
  text: string;
  /** without its quotes */
  value: string;
  /** of what is quoted */
  quote: Quote | undefined;
  start: number;
  end: number;
}

export type Quote = "'" | '"' | '`';

const SPACE = /\s+/y;
const WORD = /[\p{L}\p{N}_$#@][\p{L}\p{N}\p{M}_$#@]*/uy;
const NUMBER = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?(?![\p{L}\p{N}_.])/iuy;
const OPERATOR = /[<>=!~]+/y;

/** Never throws, and takes time in proportion to the text: whatever it does not know becomes a `mark`. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const space = match(SPACE, text, at);
    if (space) {
      at += space.length;
      continue;
    }
    const token = readQuoted(text, at) ?? readPlain(text, at, isInName(tokens.at(-1), text, at));
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

/** In `params.1` the number is a part of the name. */
function isInName(before: Token | undefined, text: string, at: number): boolean {
  if (before?.end !== at) return false;
  return before.text === '.' || (text[at] === '.' && (before.kind === 'word' || before.kind === 'quoted'));
}

function readPlain(text: string, start: number, isName: boolean): Token {
  const plain = (kind: Token['kind'], value: string): Token => {
    return { kind, text: value, value, quote: undefined, start, end: start + value.length };
  };
  const number = isName ? undefined : match(NUMBER, text, start);
  if (number) return plain('number', number);
  const word = match(WORD, text, start);
  if (word) return plain('word', word);
  const operator = match(OPERATOR, text, start);
  if (operator) return plain('operator', operator);
  return plain('mark', String.fromCodePoint(text.codePointAt(start) ?? 0));
}

/** A quote within quotes is written twice. */
function readQuoted(text: string, start: number): Token | undefined {
  const quote = text[start];
  if (quote !== "'" && quote !== '"' && quote !== '`') return undefined;
  let end = text.indexOf(quote, start + 1);
  while (end !== -1 && text[end + 1] === quote) end = text.indexOf(quote, end + 2);
  if (end === -1) {
    return { kind: 'unclosed', text: text.slice(start), value: text.slice(start + 1), quote, start, end: text.length };
  }
  const value = text.slice(start + 1, end).replaceAll(quote + quote, quote);
  return { kind: 'quoted', text: text.slice(start, end + 1), value, quote, start, end: end + 1 };
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
