import { FILE_SHAPE } from '../../schemas/language/grammar/file.ts';
import { shapeOfEntry } from '../../schemas/language/grammar/settings.ts';
import type { Shape } from '../../schemas/language/grammar/shape.ts';
import { optionFor } from '../../schemas/language/grammar/shape.ts';
import type { Entry, MapNode, TreeNode } from '../../schemas/language/syntax/tree.ts';
import { touches } from './spans.ts';

/** What stands at a place of the file, and what the grammar says about it. */
export type Place =
  /** `ownerShape`: that of the whole value, of which the map is one alternative */
  | { on: 'key'; entry: Entry; map: MapNode; mapShape: Shape; ownerShape: Shape; path: Entry[] }
  | { on: 'value'; node: TreeNode; shape: Shape; entry: Entry | null; inList: TreeNode[] | null; path: Entry[] };

/** The innermost key or value at a place. What came in through a merge key stands elsewhere. */
export function locate(root: TreeNode | null, offset: number): Place | null {
  return root ? within(root, { shape: FILE_SHAPE, entry: null, inList: null, path: [] }, offset) : null;
}

interface Context {
  shape: Shape;
  entry: Entry | null;
  inList: TreeNode[] | null;
  path: Entry[];
}

function within(node: TreeNode, context: Context, offset: number): Place | null {
  if (node.kind === 'map') return withinMap(node, context, offset);
  if (node.kind === 'list') {
    const item = node.items.find((candidate) => touches(candidate.span, offset));
    const shape = optionFor(context.shape, 'array')?.items ?? {};
    if (item) return within(item, { ...context, shape, inList: node.items }, offset);
  }
  return touches(node.span, offset) ? { on: 'value', node, ...context } : null;
}

function withinMap(map: MapNode, { shape, path }: Context, offset: number): Place | null {
  const mapShape = optionFor(shape, 'object') ?? {};
  for (const entry of map.entries) {
    if (entry.inherited) continue;
    if (touches(entry.keySpan, offset)) return { on: 'key', entry, map, mapShape, ownerShape: shape, path };
    if (!touches(entry.span, offset) && !touches(entry.value.span, offset)) continue;
    const context = { shape: shapeOfEntry(entry, map, mapShape), entry, inList: null, path: [...path, entry] };
    const found = within(entry.value, context, offset);
    if (found) return found;
  }
  return null;
}
