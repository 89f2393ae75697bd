import { BUILT_IN_STEPS, isBuiltInStep } from '../../schemas/language/grammar/built-in-steps.ts';
import { FILE_SHAPE } from '../../schemas/language/grammar/file.ts';
import type { Shape } from '../../schemas/language/grammar/shape.ts';
import { entryShape, shapeOf } from '../../schemas/language/grammar/shape.ts';
import type { JsonValue } from '../../schemas/language/json.ts';
import { parseYaml } from '../../schemas/language/syntax/parse.ts';
import { toJson } from '../../schemas/language/syntax/to-json.ts';
import { asFile, EXAMPLES } from './examples.ts';

/** What the examples give to each key, by its shape: the first wins. */
export function exampleValues(): ReadonlyMap<Shape, JsonValue> {
  const values = new Map<Shape, JsonValue>();
  for (const example of Object.values(EXAMPLES)) {
    const { root } = parseYaml(asFile(example));
    if (root) collect(FILE_SHAPE, toJson(root), values);
  }
  return values;
}

function collect(shape: Shape, value: JsonValue, values: Map<Shape, JsonValue>): void {
  if (!values.has(shape)) values.set(shape, value);
  const options = shape.anyOf ?? [shape];
  for (const option of options) {
    if (Array.isArray(value)) {
      for (const item of value) if (option.items) collect(option.items, item, values);
    } else if (typeof value === 'object' && value !== null) collectKeys(option, value, values);
  }
}

function collectKeys(shape: Shape, map: Record<string, JsonValue>, values: Map<Shape, JsonValue>): void {
  const known = shape.properties ?? {};
  const further = entryShape(shape);
  for (const [key, value] of Object.entries(map)) {
    const inner = Object.hasOwn(known, key) ? known[key] : further;
    if (inner) collect(inner, value, values);
    if (inner?.withOf && typeof map.uses === 'string' && isBuiltInStep(map.uses)) {
      collect(shapeOf(BUILT_IN_STEPS[map.uses]), value, values);
    }
  }
}
