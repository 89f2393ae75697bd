import { valueAt } from '../language/expressions/evaluate.ts';
import type { JsonObject } from '../language/json.ts';

/** Rule K5: of all params those that a step names, each under the name that it has there. What is not there is left out. */
export function namedParams(names: readonly string[], params: JsonObject): JsonObject {
  const found = names.map((name) => {
    const value = Object.hasOwn(params, name) ? params[name] : valueAt(params, name.split('.'));
    return [name, value] as const;
  });
  return Object.fromEntries(found.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}
