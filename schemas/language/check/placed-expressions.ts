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
export class PlacedExpression {
  readonly #read: ReadExpression;
  readonly #lines: LineIndex;
  /** where the text that holds it begins in the file */
  readonly base: number;
  readonly use: Use;

  constructor(read: ReadExpression, use: Use, base: number, lines: LineIndex) {
    this.#read = read;
    this.#lines = lines;
    this.base = base;
    this.use = use;
  }

  get part(): ExpressionPart {
    return this.#read.part;
  }

  get references(): readonly Reference[] {
    return this.#read.references;
  }

  get range(): Range {
    return this.rangeOf(this.part.span);
  }

  /** where a part of it stands */
  rangeOf([start, end]: Span): Range {
    return this.#lines.range([this.base + start, this.base + end]);
  }
}

/** Whether this version fills it in; `later`: the key has no effect yet, but a mistake is one already. */
type Use = 'filled' | 'later' | 'none';

/** An expression as it was read, wherever it stands. */
interface ReadExpression {
  part: ExpressionPart;
  references: readonly Reference[];
}

/** The scalars with expressions below some keys of an entry, which stay with it. */
const scalarsBelow = (...keys: string[]) =>
  remembered((entry: Entry): readonly ScalarNode[] =>
    keys.flatMap((key) => scalarsWithin(findEntry(entry.value, key)?.value)),
  );

const filledIn = scalarsBelow('run', 'with', 'deps', 'outs', 'env');
const later = scalarsBelow('matrix', 'retry', 'timeout', 'resources', 'executor');
const takenAsItStands = scalarsBelow('model', 'endpoint', 'every', 'window', 'drift');

export function expressionsIn(root: TreeNode | null, text: string, lines: LineIndex): PlacedExpression[] {
  const found: PlacedExpression[] = [];
  const seen = new Set<TreeNode>();
  // what aliases share is met once; without an anchor nothing is shared
  const mayShare = text.includes('&');
  const isNew = (node: TreeNode) => !mayShare || (!seen.has(node) && seen.add(node) !== undefined);
  const place = (scalar: ScalarNode, read: readonly ReadExpression[], use: Use) => {
    for (const one of read) found.push(new PlacedExpression(one, use, scalar.span[0], lines));
  };
  const take = (scalars: readonly ScalarNode[], use: Use) => {
    for (const scalar of scalars) if (isNew(scalar)) place(scalar, expressionsOf(scalar, text), use);
  };
  const takeAt = (key: string, use: Use) => take(scalarsWithin(findEntry(root, key)?.value), use);
  const steps = soundEntries(root, 'steps');
  takeAt('env', 'filled');
  for (const step of steps) take(filledIn(step), 'filled');
  for (const step of steps) {
    const condition = findEntry(step.value, 'if')?.value;
    if (condition?.kind === 'scalar' && isNew(condition)) place(condition, conditionIn(condition, text), 'later');
  }
  for (const step of steps) take(later(step), 'later');
  takeAt('name', 'none');
  for (const entry of [...soundEntries(root, 'endpoints'), ...soundEntries(root, 'monitors')]) {
    take(takenAsItStands(entry), 'none');
  }
  return found;
}

function soundEntries(root: TreeNode | null, name: string): Entry[] {
  const section = findEntry(root, name)?.value;
  return section?.kind === 'map' ? section.entries.filter((entry) => !entry.damaged) : [];
}

function scalarsWithin(node: TreeNode | undefined): ScalarNode[] {
  const found: ScalarNode[] = [];
  if (node) collect(node, new Set(), found);
  return found;
}

function collect(node: TreeNode, seen: Set<TreeNode>, found: ScalarNode[]): void {
  if (seen.has(node)) return;
  seen.add(node);
  if (node.kind === 'scalar' && typeof node.value === 'string' && hasExpression(node.value)) found.push(node);
  if (node.kind === 'list') for (const item of node.items) collect(item, seen, found);
  if (node.kind === 'map') for (const { value } of node.entries) collect(value, seen, found);
}

/** By scalar; the text is looked at once, since a scalar never changes. */
const read = new WeakMap<ScalarNode, readonly ReadExpression[]>();

function expressionsOf(scalar: ScalarNode, text: string): readonly ReadExpression[] {
  const known = read.get(scalar) ?? readExpressions(readInPlace(text.slice(...scalar.span)));
  read.set(scalar, known);
  return known;
}

const readExpressions = (source: string): ReadExpression[] =>
  parseTemplate(source).flatMap((part) => (part.kind === 'text' ? [] : [withReferences(part)]));

// half an expression names nothing for sure
const withReferences = (part: ExpressionPart): ReadExpression => ({
  part,
  references: part.problems.length > 0 ? [] : referencesOf(part.node),
});

const conditions = new WeakMap<ScalarNode, readonly ReadExpression[]>();

/** The value of `if`, where braces may be left out. */
function conditionIn(scalar: ScalarNode, text: string): readonly ReadExpression[] {
  const known = conditions.get(scalar) ?? readCondition(scalar, text);
  conditions.set(scalar, known);
  return known;
}

function readCondition(scalar: ScalarNode, text: string): readonly ReadExpression[] {
  const { value, span } = scalar;
  // an alias has its text elsewhere
  if (typeof value !== 'string' || text.charAt(span[0]) === '*') return [];
  const part = parseCondition(withoutMarks(readInPlace(text.slice(...span))));
  return part ? [withReferences(part)] : expressionsOf(scalar, text);
}

/** The head of a block (`|`) and the closing quote are no part of the text; each gives way to as many spaces. */
function withoutMarks(source: string): string {
  const head = /^[|>][^\r\n]*/.exec(source)?.[0] ?? '';
  const body = ' '.repeat(head.length) + source.slice(head.length);
  return head === '' && source.startsWith(' ') ? `${body.slice(0, -1)} ` : body;
}
