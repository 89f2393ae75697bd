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
  readonly range: Range;
  /** where the text that holds it begins in the file */
  base: number;
  /** where a part of it stands */
  rangeOf(span: Span): Range;
  /** whether this version fills it in; `later`: the key has no effect yet, but a mistake is one already */
  use: 'filled' | 'later' | 'none';
}

/** The scalars with expressions below some keys of an entry, which stay with it. */
const scalarsBelow = (...keys: string[]) =>
  remembered((entry: Entry): readonly ScalarNode[] =>
    keys.flatMap((key) => {
      const found = findEntry(entry.value, key);
      return found ? scalarsWithin(found.value) : [];
    }),
  );

const filledIn = scalarsBelow('run', 'with', 'deps', 'outs', 'env');
const later = scalarsBelow('matrix', 'retry', 'timeout', 'resources', 'executor');
const takenAsItStands = scalarsBelow('model', 'endpoint', 'every', 'window', 'drift');

export function expressionsIn(root: TreeNode | null, text: string, lines: LineIndex): PlacedExpression[] {
  const seen = new Set<TreeNode>();
  // what aliases share is met once
  const isNew = (scalar: ScalarNode) => !seen.has(scalar) && seen.add(scalar) !== undefined;
  const placedAt = (scalars: readonly ScalarNode[], use: Use) =>
    scalars.filter(isNew).flatMap((scalar) => expressionsOf(scalar, use, text, lines));
  const at = (key: string, use: Use) => {
    const entry = findEntry(root, key);
    return placedAt(entry ? scalarsWithin(entry.value) : [], use);
  };
  const steps = soundEntries(root, 'steps');
  return [
    ...at('env', 'filled'),
    ...placedAt(steps.flatMap(filledIn), 'filled'),
    ...steps.flatMap((step) => {
      const condition = findEntry(step.value, 'if');
      return condition ? conditionIn(condition.value, seen, text, lines) : [];
    }),
    ...placedAt(steps.flatMap(later), 'later'),
    ...at('name', 'none'),
    ...['endpoints', 'monitors'].flatMap((name) => placedAt(soundEntries(root, name).flatMap(takenAsItStands), 'none')),
  ];
}

function soundEntries(root: TreeNode | null, name: string): Entry[] {
  const section = findEntry(root, name)?.value;
  return section?.kind === 'map' ? section.entries.filter((entry) => !entry.damaged) : [];
}

function scalarsWithin(node: TreeNode): ScalarNode[] {
  const found: ScalarNode[] = [];
  collect(node, new Set(), found);
  return found;
}

function collect(node: TreeNode, seen: Set<TreeNode>, found: ScalarNode[]): void {
  if (seen.has(node)) return;
  seen.add(node);
  if (node.kind === 'scalar' && typeof node.value === 'string' && hasExpression(node.value)) found.push(node);
  if (node.kind === 'list') for (const item of node.items) collect(item, seen, found);
  if (node.kind === 'map') for (const { value } of node.entries) collect(value, seen, found);
}

type Use = PlacedExpression['use'];

/** An expression as it was read, wherever it stands. */
type ReadExpression = Pick<PlacedExpression, 'part' | 'references'>;

/** By scalar; the text is looked at once, since a scalar never changes. */
const read = new WeakMap<ScalarNode, readonly ReadExpression[]>();

function expressionsOf(scalar: ScalarNode, use: Use, text: string, lines: LineIndex): PlacedExpression[] {
  const known = read.get(scalar) ?? readExpressions(readInPlace(text.slice(...scalar.span)));
  read.set(scalar, known);
  return known.map((expression) => placed(expression, use, scalar.span[0], lines));
}

const readExpressions = (source: string): ReadExpression[] =>
  parseTemplate(source).flatMap((part) => (part.kind === 'text' ? [] : [withReferences(part)]));

// half an expression names nothing for sure
const withReferences = (part: ExpressionPart): ReadExpression => ({
  part,
  references: part.problems.length > 0 ? [] : referencesOf(part.node),
});

function placed({ part, references }: ReadExpression, use: Use, base: number, lines: LineIndex): PlacedExpression {
  const rangeOf = ([start, end]: Span) => lines.range([base + start, base + end]);
  return {
    part,
    references,
    base,
    rangeOf,
    use,
    // of most nobody asks
    get range() {
      return rangeOf(part.span);
    },
  };
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
  return part ? [placed(withReferences(part), 'later', span[0], lines)] : expressionsOf(node, 'later', text, lines);
}

/** The head of a block (`|`) and the closing quote are no part of the text; each gives way to as many spaces. */
function withoutMarks(source: string): string {
  const head = /^[|>][^\r\n]*/.exec(source)?.[0] ?? '';
  const body = ' '.repeat(head.length) + source.slice(head.length);
  return head === '' && source.startsWith(' ') ? `${body.slice(0, -1)} ` : body;
}
