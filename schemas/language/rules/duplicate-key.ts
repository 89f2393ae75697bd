import type { FileView } from '../check/view.ts';
import type { Finding } from '../diagnostic.ts';
import type { Entry, TreeNode } from '../syntax/tree.ts';
import type { Rule } from './rule.ts';

export const duplicateKey: Rule = {
  code: 'CRISOL104',
  severity: 'error',
  title: 'Duplicate key',
  check(view) {
    const findings: Finding[] = [];
    if (view.root) look(view.root, view, findings, new Set());
    return findings;
  },
};

/** `seen`: what aliases share is looked at once. */
function look(node: TreeNode, view: FileView, findings: Finding[], seen: Set<TreeNode>): void {
  if (seen.has(node)) return;
  seen.add(node);
  if (node.kind === 'list') for (const item of node.items) look(item, view, findings, seen);
  if (node.kind !== 'map') return;
  const first = new Map<string, Entry>();
  for (const entry of node.entries) {
    const earlier = first.get(entry.key);
    if (earlier) findings.push(twice(entry, earlier, view));
    else first.set(entry.key, entry);
    if (!entry.damaged) look(entry.value, view, findings, seen);
  }
}

function twice(entry: Entry, earlier: Entry, { lines }: FileView): Finding {
  return {
    range: lines.range(entry.keySpan),
    message: `\`${entry.key}\` stands here twice: keep one of them.`,
    related: [{ range: lines.range(earlier.keySpan), message: `The first \`${entry.key}\`.` }],
  };
}
