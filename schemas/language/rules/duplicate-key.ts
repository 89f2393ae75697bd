import { byBlock } from '../blocks.ts';
import type { FileView } from '../check/view.ts';
import type { Finding } from '../diagnostic.ts';
import { remembered } from '../remembered.ts';
import type { Entry, TreeNode } from '../syntax/tree.ts';
import type { Rule } from './rule.ts';

export const duplicateKey: Rule = {
  code: 'CRISOL104',
  severity: 'error',
  title: 'Duplicate key',
  check: (view) => (view.root ? pairsIn(view.root) : []).map(([entry, earlier]) => twice(entry, earlier, view)),
};

/** A key, and the first one that is equal. */
type Pair = readonly [Entry, Entry];

function pairsIn(root: TreeNode): Pair[] {
  const found: Pair[] = [];
  look(root, { found, seen: new Set(), depth: 0 });
  return found;
}

interface Search {
  found: Pair[];
  /** what aliases share is looked at once */
  seen: Set<TreeNode>;
  /** entries that lie around */
  depth: number;
}

/** What stands in sections stays as it is while others change. */
const pairsBelow = byBlock((entries: readonly Entry[]) => {
  return entries.flatMap(({ damaged, value }) => (damaged ? [] : pairsWithin(value)));
});

const pairsWithin = remembered((node: TreeNode): readonly Pair[] => {
  const search: Search = { found: [], seen: new Set(), depth: 2 };
  look(node, search);
  return search.found;
});

function look(node: TreeNode, search: Search): void {
  const { found, seen, depth } = search;
  if (seen.has(node)) return;
  seen.add(node);
  if (node.kind === 'list') for (const item of node.items) look(item, search);
  if (node.kind !== 'map') return;
  found.push(...pairsAmong(node.entries));
  if (depth === 1) found.push(...pairsBelow(node.entries));
  else for (const { damaged, value } of node.entries) if (!damaged) look(value, { ...search, depth: depth + 1 });
}

function pairsAmong(entries: readonly Entry[]): Pair[] {
  const first = new Map<string, Entry>();
  return entries.flatMap((entry): Pair[] => {
    const earlier = first.get(entry.key);
    if (!earlier) first.set(entry.key, entry);
    return earlier ? [[entry, earlier]] : [];
  });
}

function twice(entry: Entry, earlier: Entry, { lines }: FileView): Finding {
  return {
    range: lines.range(entry.keySpan),
    message: `\`${entry.key}\` stands here twice: keep one of them.`,
    related: [{ range: lines.range(earlier.keySpan), message: `The first \`${entry.key}\`.` }],
  };
}
