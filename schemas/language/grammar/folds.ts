import type { Static } from 'typebox';
import { Type } from 'typebox';

const FOLD_KINDS = [
  'kfold',
  'stratified',
  'grouped',
  'stratified_grouped',
  'leave_one_group_out',
  'time_series',
  'holdout',
] as const;

const Column = (description: string) => Type.Optional(Type.String({ description, takes: 'a column' }));
const Rows = (description: string, minimum: number) => Type.Optional(Type.Integer({ description, minimum }));

/** Cross-validation of a step. */
export const Folds = Type.Object(
  {
    kind: Type.Union(
      FOLD_KINDS.map((kind) => Type.Literal(kind)),
      { description: 'How the rows are divided.' },
    ),
    data: Type.String({
      description: 'The file whose rows are divided. It is read, as `deps` are.',
      format: 'path',
      takes: 'a path',
      path: 'in',
    }),
    k: Type.Optional(Type.Integer({ description: 'How many folds.', minimum: 2, maximum: 1000, default: 5 })),
    target: Column('The column whose values are as frequent in each fold as in all rows, with `stratified`.'),
    group: Column('The column whose equal values stay together, with `grouped` and `leave_one_group_out`.'),
    by: Column('The column whose order is that of time. Without it, the rows are in order.'),
    shuffle: Type.Optional(Type.Boolean({ description: 'Whether rows are divided by chance.', default: false })),
    seed: Type.Optional(Type.Integer({ description: 'The same seed divides the same way.', minimum: 0, default: 0 })),
    share: Type.Optional(
      Type.Number({
        description: 'The part of the rows to test with, with `holdout`.',
        exclusiveMinimum: 0,
        exclusiveMaximum: 1,
        default: 0.2,
      }),
    ),
    gap: Rows('How many rows before the tested ones are left out, with `time_series`.', 0),
    test_rows: Rows('How many rows each fold is tested with, with `time_series`.', 1),
    max_train_rows: Rows('How many rows are trained on at most, with `time_series`.', 1),
  },
  {
    description:
      'Cross-validation: the step runs once a fold, each a run of its own. It finds the numbers of its rows, from 0, in the files that `CRISOL_FOLD_TRAIN` and `CRISOL_FOLD_TEST` name. The step has the means of their metrics, and the outs of the last one.',
    takes: 'a map with `kind` and `data`',
  },
);

export type FoldSettings = Omit<Static<typeof Folds>, 'kind'> & { kind: (typeof FOLD_KINDS)[number] };
