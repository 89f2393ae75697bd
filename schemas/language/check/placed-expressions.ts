import type { Reference } from '../expressions/references.ts';
import { referencesOf } from '../expressions/references.ts';
import type { ExpressionPart } from '../expressions/template.ts';
import { hasExpression, parseCondition, parseTemplate } from '../expressions/template.ts';
import type { LineIndex, Range, Span } from '../positions.ts';
import { remembered } from '../remembered.ts';
import { readInPlace } from '../syntax/in-place.ts';
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
      .flatMap((entry) => (entry ? scalarsIn(entry, seen) : []))
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

/** What aliases share is met once. */
function scalarsIn({ value }: Entry, seen: Set<TreeNode>): ScalarNode[] {
  return scalarsWithin(value).filter((scalar) => !seen.has(scalar) && seen.add(scalar) !== undefined);
}

const scalarsWithin = remembered((node: TreeNode): readonly ScalarNode[] => {
  const found: ScalarNode[] = [];
  collect(node, new Set(), found);
  return found;
});

function collect(node: TreeNode, seen: Set<TreeNode>, found: ScalarNode[]): void {
  if (seen.has(node)) return;
  seen.add(node);
  if (node.kind === 'scalar' && typeof node.value === 'string' && hasExpression(node.value)) found.push(node);
  if (node.kind === 'list') for (const item of node.items) collect(item, seen, found);
  if (node.kind === 'map') for (const { value } of node.entries) collect(value, seen, found);
}

type Found = Omit<PlacedExpression, 'use'>;

/** An expression as it was read, wherever it stands. */
type ReadExpression = Pick<PlacedExpression, 'part' | 'references'>;

/** By scalar; the text is looked at once, since a scalar never changes. */
const read = new WeakMap<ScalarNode, readonly ReadExpression[]>();

function expressionsOf(scalar: ScalarNode, text: string, lines: LineIndex): Found[] {
  const known = read.get(scalar) ?? readExpressions(readInPlace(text.slice(...scalar.span)));
  read.set(scalar, known);
  return known.map((expression) => placed(expression, scalar.span[0], lines));
}

const readExpressions = (source: string): ReadExpression[] =>
  parseTemplate(source).flatMap((part) => (part.kind === 'text' ? [] : [withReferences(part)]));

// half an expression names nothing for sure
const withReferences = (part: ExpressionPart): ReadExpression => ({
  part,
  references: part.problems.length > 0 ? [] : referencesOf(part.node),
});

function placed(expression: ReadExpression, base: number, lines: LineIndex): Found {
  const rangeOf = ([start, end]: Span) => lines.range([base + start, base + end]);
  return { ...expression, range: rangeOf(expression.part.span), base, rangeOf };
}

/** The value of `if`, where braces may be left out. */
function conditionIn(node: TreeNode, seen: Set<TreeNode>, text: string, lines: LineIndex): PlacedExpression[] {
  if (node.kind !== 'scalar' || seen.has(node)) return [];
  seen.add(node);
  const { value, span } = node;
  // an alias has its text elsewhere
  if (typeof value !== 'string' || text.charAt(span[0]) === '*') return [];
  const source = withoutMarks(readInPlace(text.slice(...span)));
  const part = parseCondition(source);
  const found = part ? [placed(withReferences(part), span[0], lines)] : expressionsOf(node, text, lines);
  return found.map((one) => ({ ...one, use: 'later' }));
}

/** The head of a block (`|`) and the closing quote are no part of the text; each gives way to as many spaces. */
function withoutMarks(source: string): string {
  const head = /^[|>][^\r\n]*/.exec(source)?.[0] ?? '';
  const body = ' '.repeat(head.length) + source.slice(head.length);
  return head === '' && source.startsWith(' ') ? `${body.slice(0, -1)} ` : body;
}
