import { blocksOf, byBlock, listOf } from '../blocks.ts';
import type { Reference } from '../expressions/references.ts';
import { referencesOf } from '../expressions/references.ts';
import type { ExpressionPart } from '../expressions/template.ts';
import { hasExpression, parseCondition, parseTemplate } from '../expressions/template.ts';
import type { Span } from '../positions.ts';
import { remembered } from '../remembered.ts';
import { readInPlace } from '../syntax/in-place.ts';
import type { Entry, Ground, ScalarNode, TreeNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';

/** A `${{ … }}`, and where it stands in the file: it moves with the scalar that holds it. */
export class PlacedExpression {
  /** the same wherever aliases stand for it */
  readonly read: ReadExpression;
  readonly #scalar: ScalarNode;
  readonly use: Use;

  constructor(read: ReadExpression, use: Use, scalar: ScalarNode) {
    this.read = read;
    this.#scalar = scalar;
    this.use = use;
  }

  get part(): ExpressionPart {
    return this.read.part;
  }

  get references(): readonly Reference[] {
    return this.read.references;
  }

  get ground(): Ground {
    return this.#scalar.ground;
  }

  /** where the text that holds it begins in the file */
  get base(): number {
    return this.#scalar.span[0];
  }

  get span(): Span {
    return this.spanOf(this.part.span);
  }

  /** where a part of it stands */
  spanOf([start, end]: Span): Span {
    const { base } = this;
    return [base + start, base + end];
  }
}

/** Whether this version fills it in; `later`: the key has no effect yet, but a mistake is one already. */
type Use = 'filled' | 'later' | 'none';

/** An expression as it was read, wherever it stands. */
interface ReadExpression {
  part: ExpressionPart;
  references: readonly Reference[];
}

export function expressionsIn(root: TreeNode | null, text: string): PlacedExpression[] {
  const steps = entriesOf(root, 'steps');
  const all = listOf([
    placed(scalarsWithin(findEntry(root, 'env')?.value), 'filled', text),
    ...blocksOf(filledIn(steps, text)),
    ...blocksOf(conditionsIn(steps, text)),
    ...blocksOf(laterIn(steps, text)),
    placed(scalarsWithin(findEntry(root, 'name')?.value), 'none', text),
    ...['endpoints', 'monitors'].flatMap((section) => blocksOf(takenAsTheyStand(entriesOf(root, section), text))),
  ]);
  // without an anchor nothing is shared
  return text.includes('&') ? metOnce(all) : all;
}

/** What aliases share counts where it is met first. */
function metOnce(expressions: PlacedExpression[]): PlacedExpression[] {
  const seen = new Set(expressions.map(({ read }) => read));
  return seen.size === expressions.length ? expressions : expressions.filter(({ read }) => seen.delete(read));
}

/** The expressions below some keys of entries. */
const expressionsBelow = (use: Use, ...keys: string[]) => {
  const scalarsOf = remembered((entry: Entry): readonly ScalarNode[] => {
    const found: ScalarNode[] = [];
    const seen = new Set<TreeNode>();
    for (const key of keys) {
      const value = findEntry(entry.value, key)?.value;
      if (value) collect(value, seen, found);
    }
    return found;
  });
  return byBlock((entries: readonly Entry[], text: string) =>
    placed(
      entries.flatMap((entry) => (entry.damaged ? [] : scalarsOf(entry))),
      use,
      text,
    ),
  );
};

const filledIn = expressionsBelow('filled', 'run', 'with', 'deps', 'outs', 'metrics', 'plots', 'env');
const laterIn = expressionsBelow('later', 'matrix', 'best', 'retry', 'timeout', 'resources', 'executor');
const takenAsTheyStand = expressionsBelow('none', 'model', 'endpoint', 'every', 'window', 'drift');

const conditionsIn = byBlock((steps: readonly Entry[], text: string) =>
  steps.flatMap((step) => {
    const scalar = step.damaged ? undefined : findEntry(step.value, 'if')?.value;
    if (scalar?.kind !== 'scalar') return [];
    return conditionIn(scalar, text).map((one) => new PlacedExpression(one, 'later', scalar));
  }),
);

const placed = (scalars: readonly ScalarNode[], use: Use, text: string): PlacedExpression[] =>
  scalars.flatMap((scalar) => expressionsOf(scalar, text).map((one) => new PlacedExpression(one, use, scalar)));

function entriesOf(root: TreeNode | null, name: string): readonly Entry[] {
  const section = findEntry(root, name)?.value;
  return section?.kind === 'map' ? section.entries : [];
}

function scalarsWithin(node: TreeNode | undefined): ScalarNode[] {
  const found: ScalarNode[] = [];
  if (node) collect(node, new Set(), found);
  return found;
}

/** What several aliases stand for is walked through once; of a word alone metOnce sees to it. */
function collect(node: TreeNode, seen: Set<TreeNode>, found: ScalarNode[]): void {
  if (node.kind === 'scalar') {
    if (typeof node.value === 'string' && hasExpression(node.value)) found.push(node);
  } else if (!seen.has(node)) {
    seen.add(node);
    if (node.kind === 'list') for (const item of node.items) collect(item, seen, found);
    if (node.kind === 'map') for (const { value } of node.entries) collect(value, seen, found);
  }
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

const withReferences = (part: ExpressionPart): ReadExpression => ({ part, references: referencesIn(part) });

/** Found once for all places where it stands. Half an expression names nothing for sure. */
const referencesIn = remembered(({ problems, node }: ExpressionPart): readonly Reference[] =>
  problems.length > 0 ? [] : referencesOf(node),
);

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
