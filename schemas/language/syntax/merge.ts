import type { Entry, Problem, TreeNode } from './tree.ts';

/** The entries of a map while it is read. */
export interface Gathered {
  entries: Entry[];
  partial: boolean;
}

/** `<<: *base` or `<<: [*a, *b]`: what the map does not say itself comes from there; earlier ones win. */
export function mergeInto(map: Gathered, merge: Entry, problems: Problem[]): void {
  const sources = merge.value.kind === 'list' ? merge.value.items : [merge.value];
  for (const source of sources) mergeOne(map, source, merge, problems);
}

function mergeOne(map: Gathered, source: TreeNode, merge: Entry, problems: Problem[]): void {
  if (source.kind === 'unknown') {
    map.partial = true;
    return;
  }
  if (source.kind !== 'map') {
    const message = 'A merge key takes an alias of a map, or a list of them: `<<: *base`.';
    problems.push({ kind: 'syntax', span: merge.keySpan, message });
    map.partial = true;
    return;
  }
  map.partial ||= source.partial;
  const present = new Set(map.entries.map((entry) => entry.key));
  for (const entry of source.entries) {
    if (!present.has(entry.key)) map.entries.push(entry.asInherited());
  }
}
