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
  look(root, 0, { found, seen: new Set() });
  return found;
}

interface Search {
  found: Pair[];
  /** what aliases share is looked at once */
  seen: Set<TreeNode>;
}

/** What stands in sections stays as it is while others change. */
const pairsBelow = byBlock((entries: readonly Entry[]) => {
  return entries.flatMap(({ damaged, value }) => (damaged ? [] : pairsWithin(value)));
});

const pairsWithin = remembered((node: TreeNode): readonly Pair[] => {
  const search: Search = { found: [], seen: new Set() };
  look(node, 2, search);
  return search.found;
});

/** `depth`: entries that lie around. */
function look(node: TreeNode, depth: number, search: Search): void {
  if (node.kind === 'scalar' || node.kind === 'unknown' || search.seen.has(node)) return;
  search.seen.add(node);
  if (node.kind === 'list') {
    for (const item of node.items) look(item, depth, search);
    return;
  }
  addPairs(node.entries, search.found);
  if (depth === 1) for (const pair of pairsBelow(node.entries)) search.found.push(pair);
  else for (const { damaged, value } of node.entries) if (!damaged) look(value, depth + 1, search);
}

function addPairs(entries: readonly Entry[], found: Pair[]): void {
  if (entries.length < 2) return;
  const first = new Map<string, Entry>();
  for (const entry of entries) {
    const earlier = first.get(entry.key);
    if (earlier) found.push([entry, earlier]);
    else first.set(entry.key, entry);
  }
}

function twice(entry: Entry, earlier: Entry, { lines }: FileView): Finding {
  return {
    range: lines.range(entry.keySpan),
    message: `\`${entry.key}\` stands here twice: keep one of them.`,
    related: [{ range: lines.range(earlier.keySpan), message: `The first \`${entry.key}\`.` }],
  };
}
