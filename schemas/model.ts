import type { Static } from 'typebox';
import { Type } from 'typebox';

/**
 * A model is a folder. The built-in trainer writes it, the registry keeps it, the serving host reads it and the monitors
 * compare requests with it.
 */
export const MODEL_FILES = { onnx: 'model.onnx', signature: 'signature.json', reference: 'reference.json' } as const;

/** One input of the graph: a tensor `[rows, 1]`, float32 for numbers, string for categories. */
export const InputColumn = Type.Union([
  Type.Object({
    name: Type.String(),
    kind: Type.Literal('number'),
    min: Type.Number(),
    max: Type.Number(),
    integer: Type.Boolean(),
    example: Type.Number(),
  }),
  Type.Object({
    name: Type.String(),
    kind: Type.Literal('category'),
    categories: Type.Array(Type.String()),
    example: Type.String(),
  }),
]);
export type InputColumn = Static<typeof InputColumn>;

/** `signature.json`: what a form, a validator and a monitor need to know. */
export const Signature = Type.Object({
  inputs: Type.Array(InputColumn),
  target: Type.String(),
  /** in the order of the probabilities' columns */
  classes: Type.Array(Type.String()),
  /** names of the graph's outputs: string `[rows]` and float32 `[rows, classes]` */
  outputs: Type.Object({ label: Type.String(), probabilities: Type.String() }),
});
export type Signature = Static<typeof Signature>;

/** `reference.json`: a sample of the training rows by column, what drift is measured against. */
export const ReferenceColumns = Type.Object({
  rows: Type.Integer(),
  columns: Type.Record(Type.String(), Type.Array(Type.Union([Type.Number(), Type.String(), Type.Null()]))),
});
export type ReferenceColumns = Static<typeof ReferenceColumns>;
