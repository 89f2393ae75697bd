import type { TemplatePart } from '../expressions.ts';
import { hasExpression, parseTemplate } from '../expressions.ts';
import type { LineIndex, Range } from '../positions.ts';
import type { Entry, ScalarNode, TreeNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';

/** A `${{ … }}` that this version fills in, and where it stands. */
export interface PlacedExpression {
  part: Exclude<TemplatePart, { kind: 'text' }>;
  range: Range;
}

const FILLED_IN = ['run', 'with', 'deps', 'outs', 'env'];

export function expressionsIn(root: TreeNode | null, text: string, lines: LineIndex): PlacedExpression[] {
  const steps = findEntry(root, 'steps')?.value;
  const sound = steps?.kind === 'map' ? steps.entries.filter((step) => !step.damaged) : [];
  const places = [findEntry(root, 'env'), ...sound.flatMap(filledIn)].flatMap((entry) => entry?.value ?? []);
  const seen = new Set<TreeNode>();
  return places.flatMap((node) => scalarsIn(node, seen)).flatMap((node) => expressionsOf(node, text, lines));
}

const filledIn = (step: Entry) => FILLED_IN.map((key) => findEntry(step.value, key));

function scalarsIn(node: TreeNode, seen: Set<TreeNode>): ScalarNode[] {
  if (seen.has(node)) return [];
  seen.add(node);
  if (node.kind === 'scalar') return typeof node.value === 'string' && hasExpression(node.value) ? [node] : [];
  const children =
    node.kind === 'map' ? node.entries.map((entry) => entry.value) : node.kind === 'list' ? node.items : [];
  return children.flatMap((child) => scalarsIn(child, seen));
}

/** Looks at the text as it stands in the file: quotes and indentation do not matter to where `${{` is. */
function expressionsOf({ span }: ScalarNode, text: string, lines: LineIndex): PlacedExpression[] {
  return parseTemplate(text.slice(...span)).flatMap((part) => {
    if (part.kind === 'text') return [];
    const [start, end] = part.span;
    return [{ part, range: lines.range([span[0] + start, span[0] + end]) }];
  });
}
