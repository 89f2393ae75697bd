import { parseExpression } from '../../schemas/language/expressions/parser.ts';
import type { ReferencePath } from '../../schemas/language/expressions/references.ts';
import { referencesOf } from '../../schemas/language/expressions/references.ts';
import type { Token } from '../../schemas/language/expressions/tokens.ts';
import { tokensOf } from '../../schemas/language/expressions/tokens.ts';
import type { LineIndex, Span } from '../../schemas/language/positions.ts';

/** Where a person is typing within `${{ … }}`, however unfinished it is. */
export interface ExpressionCursor {
  /** the names before the one being typed; empty where a value begins; null where nobody can tell, or an operator follows */
  path: ReferencePath | null;
  /** what a chosen completion replaces */
  word: Span;
  /** what the name being typed follows */
  after: 'start' | 'dot' | 'bracket' | 'quote';
  /** the innermost function whose brackets are open, and the place among its values */
  call: { name: string; argument: number } | null;
}

/** Longer ones nobody types, and a file without a closing brace must not be read at each stroke. */
const LONGEST = 2000;

export function expressionAt(text: string, lines: LineIndex, offset: number): ExpressionCursor | null {
  const base = betweenBraces(text, lines, offset) ?? inCondition(text, lines, offset);
  if (base === null) return null;
  const typed = { source: text.slice(base, offset), base };
  const tokens = tokensOf(typed.source, typed.base).slice(0, -1);
  return { ...whereIn(typed, tokens, [offset, wordEnd(text, offset)]), call: openCall(tokens) };
}

/** Where the expression around the place begins. */
function betweenBraces(text: string, lines: LineIndex, offset: number): number | null {
  const open = text.lastIndexOf('${{', offset - 3);
  if (open < 0 || offset - open > LONGEST || isEnded(text.slice(open + 3, offset))) return null;
  const [lineStart] = lines.lineSpan(lines.position(open).line);
  return text.slice(lineStart, open).trimStart().startsWith('#') ? null : open + 3;
}

/** `if: steps.` needs no braces. */
const CONDITION = /^(\s+(?:[^#\r\n]*[{,] *)?if:[ \t]+)(?:"([^"\r\n]*)|'([^'\r\n]*)|([^"'#{[|>&*!\r\n][^#}\r\n]*|))$/;

function inCondition(text: string, lines: LineIndex, offset: number): number | null {
  const [lineStart] = lines.lineSpan(lines.position(offset).line);
  const line = text.slice(lineStart, offset);
  const found = line.includes('${{') ? null : CONDITION.exec(line);
  if (!found) return null;
  const [, before = '', , , plain] = found;
  return lineStart + before.length + (plain === undefined ? 1 : 0);
}

/** Braces within quotes end nothing. */
const isEnded = (source: string) => source.replaceAll(/'[^']*'|"[^"]*"/g, '').includes('}}');

function wordEnd(text: string, offset: number): number {
  let end = offset;
  while (/[\w-]/.test(text.charAt(end))) end++;
  return end;
}

/** What stands between the opening braces and the cursor. */
interface Typed {
  source: string;
  base: number;
}

function whereIn(typed: Typed, tokens: readonly Token[], empty: Span): Omit<ExpressionCursor, 'call'> {
  const [offset, end] = empty;
  const last = tokens.at(-1);
  const before = tokens.at(-2);
  if (!last) return { path: [], word: empty, after: 'start' };
  if (last.kind === 'string') {
    const inQuotes = !last.closed && before?.text === '[';
    return { path: inQuotes ? chainBefore(typed, before) : null, word: [last.span[0] + 1, end], after: 'quote' };
  }
  if (last.kind === 'name' && last.span[1] === offset) {
    const word: Span = [last.span[0], end];
    if (before?.text === '.') return { path: chainBefore(typed, before), word, after: 'dot' };
    return { path: [], word, after: 'start' };
  }
  if (last.text === '.') return { path: chainBefore(typed, last), word: empty, after: 'dot' };
  if (last.text === '[') return { path: chainBefore(typed, last), word: empty, after: 'bracket' };
  const beginsValue = last.kind === 'operator' && ![')', ']', '*'].includes(last.text);
  return { path: beginsValue ? [] : null, word: empty, after: 'start' };
}

/** The name that ends right before a dot or bracket: of `a && steps.train.` it is steps, train. */
function chainBefore({ source, base }: Typed, separator: Token | undefined): ReferencePath | null {
  if (!separator) return null;
  const before = source.slice(0, separator.span[0] - base).trimEnd();
  const named = referencesOf(parseExpression(before).node).findLast(({ span }) => span[1] === before.length);
  return named && !named.open ? named.path : null;
}

function openCall(tokens: readonly Token[]): ExpressionCursor['call'] {
  const open: ({ name: string; argument: number } | null)[] = [];
  tokens.forEach((token, at) => {
    const before = tokens[at - 1];
    if (token.kind !== 'operator') return;
    if (token.text === '(') open.push(before?.kind === 'name' ? { name: before.text, argument: 0 } : null);
    else if (token.text === ')') open.pop();
    const inner = open.at(-1);
    if (token.text === ',' && inner) inner.argument++;
  });
  return open.findLast((call) => call !== null) ?? null;
}
