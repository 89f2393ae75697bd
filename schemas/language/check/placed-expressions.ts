import type { Reference } from '../expressions/references.ts';
import { referencesOf } from '../expressions/references.ts';
import type { ExpressionPart } from '../expressions/template.ts';
import { hasExpression, parseCondition, parseTemplate } from '../expressions/template.ts';
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
const LATER = ['matrix', 'retry', 'timeout', 'resources', 'executor'];
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
    ...inSection('steps', ['if']).flatMap((entry) => (entry ? conditionIn(entry.value, seen, text, lines) : [])),
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

type Found = Omit<PlacedExpression, 'use'>;

function expressionsOf({ span }: ScalarNode, text: string, lines: LineIndex): Found[] {
  return parseTemplate(withoutEscapes(text.slice(...span))).flatMap((part) =>
    part.kind === 'text' ? [] : [placed(part, span[0], lines)],
  );
}

function placed(part: ExpressionPart, base: number, lines: LineIndex): Found {
  const rangeOf = ([start, end]: Span) => lines.range([base + start, base + end]);
  // half an expression names nothing for sure
  const references = part.problems.length > 0 ? [] : referencesOf(part.node);
  return { part, references, range: rangeOf(part.span), base, rangeOf };
}

/** The value of `if`, where braces may be left out. */
function conditionIn(node: TreeNode, seen: Set<TreeNode>, text: string, lines: LineIndex): PlacedExpression[] {
  if (node.kind !== 'scalar' || seen.has(node)) return [];
  seen.add(node);
  const { value, span } = node;
  // an alias has its text elsewhere
  if (typeof value !== 'string' || text.charAt(span[0]) === '*') return [];
  const source = withoutMarks(withoutEscapes(text.slice(...span)));
  const part = parseCondition(source);
  const found = part ? [placed(part, span[0], lines)] : expressionsOf(node, text, lines);
  return found.map((one) => ({ ...one, use: 'later' }));
}

/** The head of a block (`|`) and the closing quote are no part of the text; each gives way to as many spaces. */
function withoutMarks(source: string): string {
  const head = /^[|>][^\r\n]*/.exec(source)?.[0] ?? '';
  const body = ' '.repeat(head.length) + source.slice(head.length);
  return head === '' && source.startsWith(' ') ? `${body.slice(0, -1)} ` : body;
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
