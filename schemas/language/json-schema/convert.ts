import { BUILT_IN_NAMES, BUILT_IN_STEPS } from '../grammar/built-in-steps.ts';
import { FORMATS } from '../grammar/formats.ts';
import type { Shape } from '../grammar/shape.ts';
import { choicesOf, entryShape, shapeOf } from '../grammar/shape.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { inWords } from '../rules/words.ts';
import { annotations } from './annotations.ts';

/** An expression may stand for any value: the checks look into it, JSON Schema cannot. */
const EXPRESSION = '\\$\\{\\{';

/** What the structural check accepts, as JSON Schema. */
function schemaOf(shape: Shape): JsonObject {
  return { ...annotations(shape), ...constraints(shape) };
}

function constraints(shape: Shape): JsonObject {
  const choices = choicesOf(shape);
  if (choices && shape.ownRule) return { enum: [...choices] };
  if (choices) return { anyOf: [{ enum: [...choices] }, { type: 'string', pattern: EXPRESSION }] };
  const options = shape.anyOf ?? [shape];
  if (options.some(({ type }) => type === undefined)) return {};
  return Object.assign({ type: typesOf(options) }, ...options.map(keywordsOf), patternOf(shape, options));
}

/**
 * Each keyword of JSON Schema concerns one type only, so that alternatives of different types stand side by side in one
 * schema. What an editor says about it is clearer than about `anyOf`.
 */
function typesOf(options: readonly Shape[]): JsonValue {
  const types = new Set<string>(options.flatMap(({ type }) => type ?? []));
  types.add('string');
  if (options.some(canBeEmpty)) types.add('null');
  const [only] = types;
  return only !== undefined && types.size === 1 ? only : [...types];
}

/** A key without a value is an empty map or list, as long as nothing must stand in it. */
const canBeEmpty = ({ type, required = [], needsOne = [] }: Shape): boolean =>
  type === 'array' || (type === 'object' && required.length === 0 && needsOne.length === 0);

function patternOf(shape: Shape, options: readonly Shape[]): JsonObject {
  const text = options.find(({ type }) => type === 'string');
  if (text && !text.format) return {};
  const pattern = text?.format ? `${EXPRESSION}|${FORMATS[text.format].pattern}` : EXPRESSION;
  // YAML servers say this in place of the pattern
  return { pattern, patternErrorMessage: `This takes ${inWords(text?.format ? text : shape)}, or an expression.` };
}

function keywordsOf(shape: Shape): JsonObject {
  if (shape.type === 'object') return mapKeywords(shape);
  if (shape.type === 'array') return shape.items ? { items: schemaOf(shape.items) } : {};
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = shape;
  return {
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(exclusiveMinimum !== undefined && { exclusiveMinimum }),
    ...(exclusiveMaximum !== undefined && { exclusiveMaximum }),
  };
}

export function mapKeywords(shape: Shape): JsonObject {
  const { properties, required = [], keys, needsOne } = shape;
  const further = entryShape(shape);
  return {
    ...(properties && { properties: mapped(properties, schemaOf) }),
    ...(further ? { additionalProperties: schemaOf(further) } : properties && { additionalProperties: false }),
    ...(keys && { propertyNames: { pattern: FORMATS[keys].pattern } }),
    ...(required.length > 0 && { required }),
    ...(needsOne && { anyOf: needsOne.map((key) => ({ required: [key] })) }),
    ...(properties && { ...rivalsOf(properties), ...settingsOf(properties) }),
  };
}

/** Of two keys that exclude each other the later one is told. */
function rivalsOf(properties: Record<string, Shape>): JsonObject {
  const keys = Object.keys(properties);
  const dependencies = Object.entries(properties).flatMap(([key, { rivals = [] }], at) => {
    const earlier = rivals.filter((rival) => keys.indexOf(rival) < at);
    return earlier.length > 0
      ? [[key, { properties: Object.fromEntries(earlier.map((rival) => [rival, false])) }]]
      : [];
  });
  return dependencies.length > 0 ? { dependencies: Object.fromEntries(dependencies) } : {};
}

/** The shape of a key may depend on the built-in step that its neighbour names. */
function settingsOf(properties: Record<string, Shape>): JsonObject {
  const [dependent] = Object.entries(properties).filter(([, { withOf }]) => withOf !== undefined);
  if (!dependent) return {};
  const [key, { withOf = '' }] = dependent;
  return {
    allOf: BUILT_IN_NAMES.map((name) => {
      const settings = shapeOf(BUILT_IN_STEPS[name]);
      const needed = (settings.required ?? []).length > 0;
      return conditional(
        { properties: { [withOf]: { const: name } }, required: [withOf] },
        { properties: { [key]: schemaOf(settings) }, ...(needed && { required: [key] }) },
      );
    }),
  };
}

/** An object literal with a key `then` would look like a promise. */
const conditional = (when: JsonObject, then: JsonObject): JsonObject =>
  Object.fromEntries([
    ['if', when],
    ['then', then],
  ]);

const mapped = (shapes: Record<string, Shape>, make: (shape: Shape) => JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(shapes).map(([key, shape]) => [key, make(shape)]));
