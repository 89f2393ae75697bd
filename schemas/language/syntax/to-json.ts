import type { JsonObject, JsonValue } from '../json.ts';
import type { MapNode, TreeNode } from './tree.ts';

export function toJson(node: TreeNode): JsonValue {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toJson);
  return node.kind === 'map' ? toJsonObject(node) : null;
}

/** Of two equal keys the first counts, as everywhere. A key `__proto__` is a key like any other. */
export function firstOfEach<T>(pairs: readonly (readonly [string, T])[]): Record<string, T> {
  const values: Record<string, T> = {};
  for (const pair of pairs) put(values, pair[0], pair[1]);
  return values;
}

function put<T>(values: Record<string, T>, key: string, value: T): void {
  if (Object.hasOwn(values, key)) return;
  if (key !== '__proto__') values[key] = value;
  else Object.defineProperty(values, key, { value, enumerable: true, configurable: true, writable: true });
}

export function toJsonObject(node: MapNode): JsonObject {
  const values: JsonObject = {};
  for (const entry of node.entries) put(values, entry.key, toJson(entry.value));
  return values;
}
