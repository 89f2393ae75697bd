import type { TSchema } from 'typebox';
import { remembered } from '../remembered.ts';
import type { FormatName } from './formats.ts';

/**
 * The grammar is written in TypeBox, so it is JSON Schema too. These are the keywords that the language reads from it:
 * JSON Schema's own, and ours, which other validators pass over.
 */
export interface Shape {
  type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
  description?: string;
  properties?: Record<string, Shape>;
  patternProperties?: Record<string, Shape>;
  /** of keys that `properties` does not name */
  additionalProperties?: Shape | boolean;
  required?: string[];
  items?: Shape;
  anyOf?: Shape[];
  const?: string | number | boolean;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  format?: FormatName;
  default?: unknown;
  examples?: readonly unknown[];
  /** in words, for messages: "a path or a list of paths" */
  takes?: string;
  /** part of the language, but this version does not act on it: accepted as it stands */
  later?: boolean;
  /** the value names an entry of that section */
  names?: 'step' | 'endpoint' | 'monitor' | 'dataset' | 'param';
  /** the keys name params */
  keysName?: 'param';
  /** the value names a metric of runs */
  metric?: boolean;
  /** the keys are names that the user chooses; what they must look like */
  keys?: FormatName;
  /** the shape of this value depends on the built-in step that the sibling `uses` names */
  withOf?: 'uses';
  /** a path that the built-in step reads or writes */
  path?: 'in' | 'out';
  /** neighbours that make no sense beside it */
  rivals?: string[];
  /** keys one of which each such map has */
  needsOne?: readonly string[];
  /** what other tools call this key; it is not accepted, but told as what was meant */
  elsewhere?: string[];
  /** the unit in which a bare number counts there */
  unitElsewhere?: string;
  /** its wrong values have a rule of their own */
  ownRule?: boolean;
}

/** What is said of a key with `later`. */
export const NOT_RUN_YET = 'Not run yet in this version.';

export const shapeOf = (schema: TSchema): Shape => schema as Shape;

/** A map from names that the user chooses to one kind of entry. */
export function entryShape(shape: Shape): Shape | undefined {
  const further = shape.additionalProperties;
  if (typeof further === 'object') return further;
  return shape.patternProperties && firstOfPatterns(shape.patternProperties);
}

const firstOfPatterns = remembered((patterns: Record<string, Shape>) => Object.values(patterns)[0]);

/** The words of an enumeration; null for anything else. */
export function choicesOf(shape: Shape): readonly Choice[] | null {
  return shape.const === undefined && !shape.anyOf ? null : choicesAmong(shape);
}

type Choice = string | number | boolean;

const choicesAmong = remembered(({ const: only, anyOf = [] }: Shape): readonly Choice[] | null => {
  if (only !== undefined) return [only];
  const choices = anyOf.map((option) => option.const);
  const known = choices.filter((choice) => choice !== undefined);
  return known.length === choices.length ? known : null;
});

/** Of alternatives the one that is a map, or a list. */
export function optionFor(shape: Shape, type: 'object' | 'array'): Shape | undefined {
  if (shape.anyOf) return shape.anyOf.find((option) => option.type === type);
  return shape.type === type ? shape : undefined;
}
