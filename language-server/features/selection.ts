import type { SelectionRange } from 'vscode-languageserver';
import type { ExpressionNode } from '../../schemas/language/expressions/ast.ts';
import { childrenOf } from '../../schemas/language/expressions/ast.ts';
import { innerSpan } from '../../schemas/language/names/find.ts';
import type { Position, Span } from '../../schemas/language/positions.ts';
import type { TreeNode } from '../../schemas/language/syntax/tree.ts';
import { moved, touches, withoutBlankEnd } from '../documents/spans.ts';
import type { Analysis } from '../projects/analysis.ts';

/** What a selection grows to, step by step: name, value, entry, section, file. */
export function selectionRanges(analysis: Analysis, positions: readonly Position[]): SelectionRange[] {
  return positions.map((position) => {
    const { text, lines } = analysis.document;
    const offset = lines.offset(position);
    const whole: Span = [0, text.length];
    const around = aroundIn(analysis, offset)
      .map((span) => withoutBlankEnd(span, text))
      .filter((span) => touches(span, offset));
    const spans = growing([whole, ...around]);
    return spans.reduce<SelectionRange>((parent, span) => ({ range: lines.range(span), parent }), {
      range: lines.range(whole),
    });
  });
}

/** From the outside in; a span that is no smaller than the one around it says nothing new. */
function growing([whole, ...spans]: Span[]): Span[] {
  let [from, to] = whole ?? [0, 0];
  return spans.filter(([start, end]) => {
    const isInside = from <= start && end <= to && (from < start || end < to);
    if (isInside) [from, to] = [start, end];
    return isInside;
  });
}

function aroundIn({ document: { root, text }, expressions }: Analysis, offset: number): Span[] {
  const spans: Span[] = [];
  if (root) collect(root, offset, text, spans);
  for (const { part, base } of expressions) {
    const inside = [part.span, ...expressionSpans(part.node, offset - base)].map((span) => moved(span, base));
    if (inside[0] && touches(inside[0], offset)) spans.push(...inside);
  }
  return spans;
}

function collect(node: TreeNode, offset: number, text: string, spans: Span[]): void {
  if (!touches(node.span, offset)) return;
  spans.push(node.span);
  if (node.kind === 'scalar') spans.push(innerSpan(node.span, text));
  if (node.kind === 'list') {
    const item = node.items.find(({ span }) => touches(span, offset));
    if (item) collect(item, offset, text, spans);
  }
  if (node.kind !== 'map') return;
  const entry = node.entries.find(({ span, inherited }) => !inherited && touches(span, offset));
  if (!entry) return;
  spans.push(entry.span);
  if (touches(entry.keySpan, offset)) spans.push(entry.keySpan);
  else collect(entry.value, offset, text, spans);
}

function expressionSpans(node: ExpressionNode, offset: number): Span[] {
  if (!touches(node.span, offset)) return [];
  return [node.span, ...childrenOf(node).flatMap((child) => expressionSpans(child, offset))];
}
