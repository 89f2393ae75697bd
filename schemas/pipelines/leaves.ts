import type { JsonObject } from '../language/json.ts';

/** Each value by its dotted name: of a map what is in it, unless that is nothing. */
export function leavesOf(params: JsonObject, prefix = ''): JsonObject {
  const leaves = Object.entries(params).flatMap(([name, value]): [string, JsonObject[string]][] => {
    const isMap = value !== null && typeof value === 'object' && !Array.isArray(value);
    if (!isMap || Object.keys(value).length === 0) return [[prefix + name, value]];
    return Object.entries(leavesOf(value, `${prefix}${name}.`));
  });
  return Object.fromEntries(leaves);
}
