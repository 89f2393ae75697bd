import type { Static, TSchema } from 'typebox';
import { Type } from 'typebox';
import { STAGES } from '../../model-ref.ts';
import { remembered } from '../remembered.ts';
import type { Shape } from './shape.ts';
import { shapeOf } from './shape.ts';
import { Path } from './values.ts';

const Seed = Type.Integer({ description: 'The same seed draws the same rows.', minimum: 0, default: 0 });
const UpTo = (description: string) => Type.Union([Type.Number(), Type.String()], { description, takes: 'a value' });

/** The `with` of each built-in step: what the step programs read. */
export const BUILT_IN_STEPS = {
  split: Type.Object(
    {
      data: Path('The data to split: CSV, Parquet or NDJSON.', 'in'),
      train: Path('The file to write the rows to train on to: `.parquet` or `.csv`.', 'out'),
      test: Path('The file to write the rows to test with to: `.parquet` or `.csv`.', 'out'),
      target: Type.Optional(
        Type.String({ description: 'A column whose values are to be as frequent in both parts (for a random split).' }),
      ),
      share: Type.Optional(
        Type.Number({
          description: 'The share of rows to test with, drawn at random.',
          exclusiveMinimum: 0,
          exclusiveMaximum: 1,
          default: 0.2,
        }),
      ),
      seed: Type.Optional(Seed),
      by: Type.Optional(
        Type.String({ description: 'A column to split by in place of chance, such as a season or a date.' }),
      ),
      train_until: Type.Optional(UpTo('With `by`: rows up to and with this value are trained on.')),
      test_until: Type.Optional(
        UpTo(
          'With `by`: rows after `train_until`, up to and with this value, are tested with; later ones are left out.',
        ),
      ),
    },
    { description: 'Splits a data file into a part to train on and a part to test with.' },
  ),
  train: Type.Object(
    {
      data: Path('The rows to train on.', 'in'),
      target: Type.String({ description: 'The column to predict.' }),
      out: Path('The folder to write the model to.', 'out'),
      algorithm: Type.Optional(
        Type.Union([Type.Literal('logistic_regression')], {
          description: 'What is trained: multinomial logistic regression.',
          default: 'logistic_regression',
        }),
      ),
      exclude: Type.Optional(
        Type.Array(Type.String({ takes: 'the name of a column' }), {
          description: 'Columns that the model must not see: ids, and what is known only afterwards.',
        }),
      ),
      l2: Type.Optional(
        Type.Number({ description: 'How strongly large weights are held back.', minimum: 0, default: 1 }),
      ),
      epochs: Type.Optional(
        Type.Integer({ description: 'Passes over the rows at most.', minimum: 1, maximum: 100_000, default: 200 }),
      ),
      validation: Type.Optional(
        Type.Number({
          description: 'The share of rows that is set aside to watch the training with.',
          minimum: 0,
          exclusiveMaximum: 1,
          default: 0.1,
        }),
      ),
      seed: Type.Optional(Seed),
    },
    { description: 'Trains a model and writes it as an ONNX model folder.' },
  ),
  evaluate: Type.Object(
    {
      model: Path('The model folder, as `train` wrote it.', 'in'),
      data: Path('The rows to test with.', 'in'),
      out: Type.Optional(Path('The JSON file to write the metrics to.', 'out')),
    },
    { description: 'Measures a model on rows it has not seen and logs the metrics.' },
  ),
  register: Type.Object(
    {
      name: Type.String({ description: 'The name of the model in the registry.', format: 'model-name' }),
      model: Path('The model folder to register.', 'in'),
      metrics: Type.Optional(Path('The JSON file of metrics that `evaluate` wrote; the version keeps them.', 'in')),
      stage: Type.Optional(
        // a union of a list's words has no type of its own, and the language reads unions, not `enum`
        Type.Unsafe<(typeof STAGES)[number]>(
          Type.Union(
            STAGES.map((stage) => Type.Literal(stage)),
            { description: 'The stage that the new version starts in.' },
          ),
        ),
      ),
      description: Type.Optional(Type.String({ description: 'What is new in this version.' })),
    },
    { description: 'Registers the model as a new version.' },
  ),
} as const satisfies Record<string, TSchema>;

export type BuiltInStep = keyof typeof BUILT_IN_STEPS;
/** What a step program is given, checked. */
export type BuiltInSettings<Step extends BuiltInStep> = Static<(typeof BUILT_IN_STEPS)[Step]>;
export const BUILT_IN_NAMES = Object.keys(BUILT_IN_STEPS) as BuiltInStep[];

export const isBuiltInStep = (name: string): name is BuiltInStep => Object.hasOwn(BUILT_IN_STEPS, name);

/** The settings that are paths: what the step reads, and what it writes. */
export const pathKeysOf = (uses: BuiltInStep): Record<'in' | 'out', readonly string[]> =>
  pathKeysIn(shapeOf(BUILT_IN_STEPS[uses]));

const pathKeysIn = remembered(({ properties = {} }: Shape) => {
  const { in: read = [], out: made = [] } = Object.groupBy(
    Object.keys(properties),
    (key) => properties[key]?.path ?? '',
  );
  return { in: read, out: made };
});
