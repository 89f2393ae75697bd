import type { SemanticTokens, SemanticTokensLegend } from 'vscode-languageserver';
import { SemanticTokensBuilder } from 'vscode-languageserver';
import { functionNamed } from '../../schemas/language/expressions/functions.ts';
import type { Token } from '../../schemas/language/expressions/tokens.ts';
import { tokensOf } from '../../schemas/language/expressions/tokens.ts';
import type { Span } from '../../schemas/language/positions.ts';
import type { Entry } from '../../schemas/language/syntax/tree.ts';
import { findEntry } from '../../schemas/language/syntax/tree.ts';
import { moved } from '../documents/spans.ts';
import { ownSteps } from '../documents/steps.ts';
import type { Analysis } from '../projects/analysis.ts';
import { scriptTokens } from './script-tokens.ts';

const TYPES = [
  'namespace',
  'property',
  'function',
  'string',
  'number',
  'keyword',
  'operator',
  'comment',
  'variable',
  'parameter',
] as const;
type TokenType = (typeof TYPES)[number];

export const LEGEND: SemanticTokensLegend = { tokenTypes: [...TYPES], tokenModifiers: [] };

interface PlacedToken {
  span: Span;
  type: TokenType;
}

/** What the words of `${{ … }}` and of scripts are; all else is coloured by the grammar of YAML. */
export function semanticTokens(analysis: Analysis): SemanticTokens {
  const { lines } = analysis.document;
  const builder = new SemanticTokensBuilder();
  const tokens = [...inExpressions(analysis), ...inScripts(analysis)];
  for (const { span, type } of tokens.toSorted((a, b) => a.span[0] - b.span[0])) {
    const { start, end } = lines.range(span);
    // editors take no token over several lines
    if (start.line === end.line)
      builder.push(start.line, start.character, end.character - start.character, TYPES.indexOf(type), 0);
  }
  return builder.build();
}

function inExpressions({ expressions }: Analysis): PlacedToken[] {
  return expressions.flatMap(({ part, base }) =>
    tokensOf(part.content, part.inner[0] + base).flatMap((token, at, all) => {
      const type = typeOf(token, all[at - 1], all[at + 1]);
      return type ? [{ span: token.span, type }] : [];
    }),
  );
}

function inScripts({ document: { root, text }, expressions }: Analysis): PlacedToken[] {
  const holes = expressions.map(({ part, base }) => moved(part.span, base)).sort(([one], [other]) => one - other);
  return ownSteps(root).flatMap((step) => {
    if (step.damaged) return [];
    const found = scriptSpan(findEntry(step.value, 'run'), text);
    if (!found) return [];
    const { span, folded } = found;
    const inside = holes.slice(firstFrom(holes, span[0]), firstFrom(holes, span[1]));
    // an expression is one word of the script, whatever stands in it
    const script = inside.reduce((hidden, hole) => withHole(hidden, hole, span[0]), text.slice(...span));
    return scriptTokens(script, span[0], folded).filter(
      ({ span: [start, end] }) => !inside.some(([from, to]) => start < to && from < end),
    );
  });
}

/** The place of the first that begins there or later. */
function firstFrom(spans: readonly Span[], offset: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.[0] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Of a text between quotes YAML may have other words than a shell. */
function scriptSpan(run: Entry | undefined, text: string): { span: Span; folded: boolean } | null {
  const value = run?.value;
  if (!run || run.inherited || value?.kind !== 'scalar' || typeof value.value !== 'string') return null;
  const [start, end] = value.span;
  const first = text.charAt(start);
  if (/["'*]/.test(first)) return null;
  if (!/[|>]/.test(first)) return { span: value.span, folded: true };
  const lineBreak = text.indexOf('\n', start);
  return lineBreak < 0 || lineBreak >= end ? null : { span: [lineBreak + 1, end], folded: first === '>' };
}

const withHole = (script: string, [from, to]: Span, base: number): string =>
  script.slice(0, from - base) +
  script.slice(from - base, to - base).replaceAll(/[^\n]/g, 'x') +
  script.slice(to - base);

const WORDS = new Set(['true', 'false', 'null', 'NaN', 'Infinity']);

function typeOf({ kind, text }: Token, before: Token | undefined, after: Token | undefined): TokenType | null {
  if (kind === 'string' || kind === 'number') return kind;
  if (kind === 'operator') return /^[<>=!&|]/.test(text) ? 'operator' : null;
  if (kind !== 'name') return null;
  if (before?.text === '.') return 'property';
  if (after?.text === '(' && functionNamed(text)) return 'function';
  return WORDS.has(text) ? 'keyword' : 'namespace';
}
