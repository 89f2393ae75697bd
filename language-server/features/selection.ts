import type { SelectionRange } from 'vscode-languageserver';
import type { ExpressionNode } from '../../schemas/language/expressions/ast.ts';
import { childrenOf } from '../../schemas/language/expressions/ast.ts';
import { innerSpan } from '../../schemas/language/names/find.ts';
import type { Position, Span } from '../../schemas/language/positions.ts';
import type { TreeNode } from '../../schemas/language/syntax/tree.ts';
import type { Analysis } from '../documents/analysis.ts';

/** What a selection grows to, step by step: name, value, entry, section, file. */
export function selectionRanges(analysis: Analysis, positions: readonly Position[]): SelectionRange[] {
  return positions.map((position) => {
    const { text, lines } = analysis.document;
    const offset = lines.offset(position);
    const whole: Span = [0, text.length];
    const around = aroundIn(analysis, offset).map((span) => withoutBlankEnd(span, text));
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

/** A block reaches to where the next one begins. */
function withoutBlankEnd([start, end]: Span, text: string): Span {
  return [start, start + text.slice(start, end).trimEnd().length];
}

const holds = ([start, end]: Span, offset: number) => start <= offset && offset <= end;

function aroundIn({ document: { root, text }, expressions }: Analysis, offset: number): Span[] {
  const spans: Span[] = [];
  if (root) collect(root, offset, text, spans);
  for (const { part, base } of expressions) {
    const moved = ([start, end]: Span): Span => [start + base, end + base];
    if (holds(moved(part.span), offset))
      spans.push(moved(part.span), ...expressionSpans(part.node, offset - base).map(moved));
  }
  return spans;
}

function collect(node: TreeNode, offset: number, text: string, spans: Span[]): void {
  if (!holds(node.span, offset)) return;
  spans.push(node.span);
  if (node.kind === 'scalar') spans.push(innerSpan(node.span, text));
  if (node.kind === 'list') {
    const item = node.items.find(({ span }) => holds(span, offset));
    if (item) collect(item, offset, text, spans);
  }
  if (node.kind !== 'map') return;
  const entry = node.entries.find(({ span, inherited }) => !inherited && holds(span, offset));
  if (!entry) return;
  spans.push(entry.span);
  if (holds(entry.keySpan, offset)) spans.push(entry.keySpan);
  else collect(entry.value, offset, text, spans);
}

function expressionSpans(node: ExpressionNode, offset: number): Span[] {
  if (!holds(node.span, offset)) return [];
  return [node.span, ...childrenOf(node).flatMap((child) => expressionSpans(child, offset))];
}
