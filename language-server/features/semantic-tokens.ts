import type { SemanticTokens, SemanticTokensLegend } from 'vscode-languageserver';
import { SemanticTokensBuilder } from 'vscode-languageserver';
import { functionNamed } from '../../schemas/language/expressions/functions.ts';
import type { Token } from '../../schemas/language/expressions/tokens.ts';
import { tokensOf } from '../../schemas/language/expressions/tokens.ts';
import type { Analysis } from '../documents/analysis.ts';

const TYPES = ['namespace', 'property', 'function', 'string', 'number', 'keyword', 'operator'] as const;
type TokenType = (typeof TYPES)[number];

export const LEGEND: SemanticTokensLegend = { tokenTypes: [...TYPES], tokenModifiers: [] };

/** What the words of `${{ … }}` are; all else is coloured by the grammar of YAML. */
export function semanticTokens({ expressions, document: { lines } }: Analysis): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  const tokens = expressions.flatMap(({ part, base }) => {
    return tokensOf(part.content, part.inner[0] + base).flatMap((token, at, all) => {
      const type = typeOf(token, all[at - 1], all[at + 1]);
      return type ? [{ span: token.span, type }] : [];
    });
  });
  for (const { span, type } of tokens.toSorted((a, b) => a.span[0] - b.span[0])) {
    const { start, end } = lines.range(span);
    // editors take no token over several lines
    if (start.line === end.line)
      builder.push(start.line, start.character, end.character - start.character, TYPES.indexOf(type), 0);
  }
  return builder.build();
}

const WORDS = new Set(['true', 'false', 'null', 'NaN', 'Infinity']);

function typeOf({ kind, text }: Token, before: Token | undefined, after: Token | undefined): TokenType | null {
  if (kind === 'string' || kind === 'number') return kind;
  if (kind === 'operator') return /^[<>=!&|]/.test(text) ? 'operator' : null;
  if (kind !== 'name') return null;
  if (before?.text === '.') return 'property';
  if (after?.text === '(' && functionNamed(text)) return 'function';
  return WORDS.has(text) ? 'keyword' : 'namespace';
}
