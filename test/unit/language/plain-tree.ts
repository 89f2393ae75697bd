import type { Entry, TreeNode } from '../../../schemas/language/syntax/tree.ts';

/** A tree as plain data, to be compared: what it says and where. What aliases share is told once. */
export function plainTree(node: TreeNode | null): unknown {
  return node && plainNode(node, new Set());
}

function plainNode(node: TreeNode, seen: Set<TreeNode>): unknown {
  const { kind, span, size } = node;
  if (seen.has(node)) return { kind, span };
  seen.add(node);
  if (node.kind === 'scalar') return { kind, span, size, value: node.value, text: node.text, quoted: node.quoted };
  if (node.kind === 'list') return { kind, span, size, items: node.items.map((item) => plainNode(item, seen)) };
  if (node.kind === 'unknown') return { kind, span, size };
  const { flow, partial, entries } = node;
  return { kind, span, size, flow, partial, entries: entries.map((entry) => plainEntry(entry, seen)) };
}

function plainEntry({ key, keySpan, span, inherited, damaged, value }: Entry, seen: Set<TreeNode>): unknown {
  return { key, keySpan, span, inherited, damaged, value: plainNode(value, seen) };
}
