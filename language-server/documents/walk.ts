import { FILE_SHAPE } from '../../schemas/language/grammar/file.ts';
import { shapeOfEntry } from '../../schemas/language/grammar/settings.ts';
import type { Shape } from '../../schemas/language/grammar/shape.ts';
import { optionFor } from '../../schemas/language/grammar/shape.ts';
import type { Entry, ScalarNode, TreeNode } from '../../schemas/language/syntax/tree.ts';

/** A value of the file with what the grammar says about it, and the keys that lead to it. */
export interface PlacedScalar {
  node: ScalarNode;
  shape: Shape;
  path: readonly Entry[];
}

/** Every scalar that runs can say something of, at its own place: what came in through an alias or a merge key stands elsewhere. */
export function scalarsOf(root: TreeNode | null): PlacedScalar[] {
  const found: PlacedScalar[] = [];
  if (root) walk(root, FILE_SHAPE, [], { found, seen: new Set() });
  return found;
}

interface Walk {
  found: PlacedScalar[];
  seen: Set<TreeNode>;
}

function walk(node: TreeNode, shape: Shape, path: readonly Entry[], state: Walk): void {
  if (state.seen.has(node)) return;
  state.seen.add(node);
  if (node.kind === 'scalar') state.found.push({ node, shape, path });
  if (node.kind === 'list') {
    const items = optionFor(shape, 'array')?.items ?? {};
    for (const item of node.items) walk(item, items, path, state);
  }
  if (node.kind !== 'map') return;
  const mapShape = optionFor(shape, 'object') ?? {};
  for (const entry of node.entries) {
    if (entry.inherited || entry.damaged || !mayHold(path, entry)) continue;
    walk(entry.value, shapeOfEntry(entry, node, mapShape), [...path, entry], state);
  }
}

const SECTIONS = new Set(['params', 'steps', 'sweeps', 'models', 'monitors']);

/** Of a step its settings alone: of hundreds of steps most is something else. */
function mayHold([section, ...below]: readonly Entry[], { key }: Entry): boolean {
  if (!section) return SECTIONS.has(key);
  return section.key !== 'steps' || below.length !== 1 || key === 'with';
}
