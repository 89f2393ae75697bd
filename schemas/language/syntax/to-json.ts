import type { JsonObject, JsonValue } from '../json.ts';
import type { MapNode, TreeNode } from './tree.ts';

export function toJson(node: TreeNode): JsonValue {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toJson);
  return node.kind === 'map' ? toJsonObject(node) : null;
}

/** Of two equal keys the first counts, as everywhere. fromEntries: a key `__proto__` is a key like any other. */
export function firstOfEach<T>(pairs: Iterable<readonly [string, T]>): Record<string, T> {
  const values = new Map<string, T>();
  for (const [key, value] of pairs) if (!values.has(key)) values.set(key, value);
  return Object.fromEntries(values);
}

export const toJsonObject = (node: MapNode): JsonObject =>
  firstOfEach(node.entries.map((entry) => [entry.key, toJson(entry.value)] as const));
