import type { Span } from '../positions.ts';

export type Token =
  | { kind: 'name' | 'operator' | 'unknown'; text: string; span: Span }
  | { kind: 'number'; value: number; text: string; span: Span }
  | { kind: 'string'; value: string; closed: boolean; text: string; span: Span }
  | { kind: 'end'; text: ''; span: Span };

/** Stands in a text where an escape of YAML had more characters than what it stands for: read as nothing at all. */
export const FILLER = '\0';

const SPACE = /[\s\0]*/y;
/** A line may end within a word: what stands for the break is no part of it. */
const NAME = /[A-Za-z_](?:\0*[\w-])*/y;
/** After a dot a name may also begin with a digit: `outs.0`. */
const NUMBER = /[-+]?(?:0x[\da-f]+|0o[0-7]+|(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?)/iy;
const OPERATOR = /&\0*&|\|\0*\||[=!<>]\0*=|[<>!()[\].,*]/y;
const PROPERTY = /[\w-](?:\0*[\w-])*/y;

/** The tokens of one expression; spans count from `base`. The last is always `end`. */
export function tokensOf(source: string, base: number): Token[] {
  const tokens: Token[] = [];
  let at = matchAt(SPACE, source, 0)?.length ?? 0;
  while (at < source.length) {
    const token = tokenAt(source, at, base, tokens.at(-1));
    tokens.push(token);
    at = token.span[1] - base;
    at += matchAt(SPACE, source, at)?.length ?? 0;
  }
  return [...tokens, { kind: 'end', text: '', span: [base + at, base + at] }];
}

function tokenAt(source: string, at: number, base: number, before: Token | undefined): Token {
  const spanOf = (text: string): Span => [base + at, base + at + text.length];
  const first = source.charAt(at);
  if (first === "'" || first === '"') return stringAt(source, at, base);
  const name = matchAt(before?.text === '.' ? PROPERTY : NAME, source, at);
  if (name) return { kind: 'name', text: withoutFillers(name), span: spanOf(name) };
  // `outs.0` reaches into a list, `.5` is a number
  const isDot = first === '.' && before !== undefined && endsValue(before);
  const number = isDot ? undefined : matchAt(NUMBER, source, at);
  if (number) return { kind: 'number', value: Number(number), text: number, span: spanOf(number) };
  const operator = matchAt(OPERATOR, source, at);
  if (operator) return { kind: 'operator', text: withoutFillers(operator), span: spanOf(operator) };
  return { kind: 'unknown', text: first, span: spanOf(first) };
}

const withoutFillers = (text: string): string => text.replaceAll(FILLER, '');

const endsValue = ({ kind, text }: Token) => kind === 'name' || kind === 'string' || [')', ']', '*'].includes(text);

/** A quote within is written twice. */
function stringAt(source: string, start: number, base: number): Token {
  const quote = source.charAt(start);
  let value = '';
  for (let at = start + 1; at < source.length; at++) {
    const char = source.charAt(at);
    if (char === quote) {
      const next = skipFillers(source, at + 1);
      if (source.charAt(next) !== quote) return string(true, at + 1);
      at = next;
    }
    if (char !== FILLER) value += char;
  }
  return string(false, source.length);

  function string(closed: boolean, end: number): Token {
    return { kind: 'string', value, closed, text: source.slice(start, end), span: [base + start, base + end] };
  }
}

/** What stands between the quotes; those of YAML around it may have made them longer: `''seed''`, `\"seed\"`. */
export function spanWithin({ text, span: [start, end], closed }: Extract<Token, { kind: 'string' }>): Span {
  const from = skipFillers(text, 1);
  const to = text.length - (closed ? 1 : 0);
  const trailing = /\0*$/.exec(text.slice(from, to))?.[0].length ?? 0;
  return [start + from, end - (closed ? 1 : 0) - trailing];
}

function skipFillers(source: string, from: number): number {
  let at = from;
  while (source.charAt(at) === FILLER) at++;
  return at;
}

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}
