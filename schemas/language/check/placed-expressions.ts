import type { TemplatePart } from '../expressions.ts';
import { hasExpression, parseTemplate } from '../expressions.ts';
import type { LineIndex, Range } from '../positions.ts';
import type { Entry, ScalarNode, TreeNode } from '../syntax/tree.ts';
import { findEntry } from '../syntax/tree.ts';

/** A `${{ … }}`, and where it stands. */
export interface PlacedExpression {
  part: Exclude<TemplatePart, { kind: 'text' }>;
  range: Range;
  /** this version fills in expressions here */
  filled: boolean;
}

const FILLED_IN = ['run', 'with', 'deps', 'outs', 'env'];
const TAKEN_AS_IT_STANDS = ['model', 'endpoint', 'every', 'window', 'drift'];

export function expressionsIn(root: TreeNode | null, text: string, lines: LineIndex): PlacedExpression[] {
  const seen = new Set<TreeNode>();
  const within = (entries: readonly (Entry | undefined)[], filled: boolean) =>
    entries
      .flatMap((entry) => (entry ? scalarsIn(entry.value, seen) : []))
      .flatMap((node) => expressionsOf(node, text, lines).map((found) => ({ ...found, filled })));
  const inSection = (name: string, keys: readonly string[]) => {
    const section = findEntry(root, name)?.value;
    const sound = section?.kind === 'map' ? section.entries.filter((entry) => !entry.damaged) : [];
    return sound.flatMap((entry) => keys.map((key) => findEntry(entry.value, key)));
  };
  return [
    ...within([findEntry(root, 'env'), ...inSection('steps', FILLED_IN)], true),
    ...within([findEntry(root, 'name')], false),
    ...['endpoints', 'monitors'].flatMap((name) => within(inSection(name, TAKEN_AS_IT_STANDS), false)),
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

/** Looks at the text as it stands in the file: quotes and indentation do not matter to where `${{` is. */
function expressionsOf({ span }: ScalarNode, text: string, lines: LineIndex): Omit<PlacedExpression, 'filled'>[] {
  return parseTemplate(text.slice(...span)).flatMap((part) => {
    if (part.kind === 'text') return [];
    const [start, end] = part.span;
    return [{ part, range: lines.range([span[0] + start, span[0] + end]) }];
  });
}
