import type { Reference } from '../expressions/references.ts';
import { referencesOf } from '../expressions/references.ts';
import type { ExpressionPart } from '../expressions/template.ts';
import { hasExpression, parseTemplate } from '../expressions/template.ts';
import { FILLER } from '../expressions/tokens.ts';
import type { LineIndex, Range, Span } from '../positions.ts';
import type { Entry, ScalarNode, TreeNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';

/** A `${{ … }}`, and where it stands in the file. */
export interface PlacedExpression {
  part: ExpressionPart;
  references: Reference[];
  range: Range;
  /** where the text that holds it begins in the file */
  base: number;
  /** where a part of it stands */
  rangeOf(span: Span): Range;
  /** whether this version fills it in; `later`: the key has no effect yet, but a mistake is one already */
  use: 'filled' | 'later' | 'none';
}

const FILLED_IN = ['run', 'with', 'deps', 'outs', 'env'];
const LATER = ['if', 'matrix', 'retry', 'timeout', 'resources', 'executor'];
const TAKEN_AS_IT_STANDS = ['model', 'endpoint', 'every', 'window', 'drift'];

export function expressionsIn(root: TreeNode | null, text: string, lines: LineIndex): PlacedExpression[] {
  const seen = new Set<TreeNode>();
  const within = (entries: readonly (Entry | undefined)[], use: PlacedExpression['use']) =>
    entries
      .flatMap((entry) => (entry ? scalarsIn(entry.value, seen) : []))
      .flatMap((node) => expressionsOf(node, text, lines).map((found) => ({ ...found, use })));
  const inSection = (name: string, keys: readonly string[]) => {
    const section = findEntry(root, name)?.value;
    const sound = section?.kind === 'map' ? section.entries.filter((entry) => !entry.damaged) : [];
    return sound.flatMap((entry) => keys.map((key) => findEntry(entry.value, key)));
  };
  return [
    ...within([findEntry(root, 'env'), ...inSection('steps', FILLED_IN)], 'filled'),
    ...within(inSection('steps', LATER), 'later'),
    ...within([findEntry(root, 'name')], 'none'),
    ...['endpoints', 'monitors'].flatMap((name) => within(inSection(name, TAKEN_AS_IT_STANDS), 'none')),
  ];
}

function scalarsIn(node: TreeNode, seen: Set<TreeNode>): ScalarNode[] {
  if (seen.has(node)) return [];
  seen.add(node);
  if (node.kind === 'scalar') return typeof node.value === 'string' && hasExpression(node.value) ? [node] : [];
  const children =
    node.kind === 'map' ? node.entries.map((entry) => entry.value) : node.kind === 'list' ? node.items : [];
  return children.flatMap((child) => scalarsIn(child, seen));
}

function expressionsOf({ span }: ScalarNode, text: string, lines: LineIndex): Omit<PlacedExpression, 'use'>[] {
  const rangeOf = ([start, end]: Span) => lines.range([span[0] + start, span[0] + end]);
  return parseTemplate(withoutEscapes(text.slice(...span))).flatMap((part) => {
    if (part.kind === 'text') return [];
    // half an expression names nothing for sure
    const references = part.problems.length > 0 ? [] : referencesOf(part.node);
    return [{ part, references, range: rangeOf(part.span), base: span[0], rangeOf }];
  });
}

/**
 * A value's text as it stands in the file, so that places within it are places in the file. What YAML escapes in quotes is
 * read as what it stands for, at its own length.
 */
function withoutEscapes(source: string): string {
  if (source.startsWith("'")) return ` ${source.slice(1).replaceAll("''", `'${FILLER}`)}`;
  if (!source.startsWith('"')) return source;
  return ` ${source.slice(1).replaceAll(/\\(["\\/])/g, `${FILLER}$1`)}`;
}
