import type { Static } from 'typebox';
import { Type } from 'typebox';

const Pair = (description: string) => Type.Array(Type.Number(), { description, takes: 'a list of two numbers' });

const Range = Type.Object(
  {
    int: Type.Optional(Pair('Whole numbers from the first to the second.')),
    float: Type.Optional(Pair('Numbers from the first to the second.')),
    log: Type.Optional(Pair('Numbers from the first to the second, as often between 1 and 10 as between 10 and 100.')),
    choice: Type.Optional(Type.Array(Type.Unknown(), { description: 'One of these.', takes: 'a list of values' })),
    step: Type.Optional(
      Type.Number({ description: 'Only every so many, with `int` and `float`.', exclusiveMinimum: 0 }),
    ),
    scale: Type.Optional(
      Type.Union([Type.Literal('linear'), Type.Literal('log')], {
        description: 'With `log`, small numbers are tried as often as great ones.',
        default: 'linear',
      }),
    ),
  },
  { description: 'What a param may be.', takes: 'a map such as `{log: [0.01, 0.3]}`' },
);

/** Of a sweep that says neither how many trials it has nor which values there are. */
export const MOST_TRIALS = 100;

const SAMPLERS = ['grid', 'random', 'tpe'] as const;
const PRUNERS = ['none', 'median', 'percentile', 'asha', 'threshold', 'patience'] as const;

const words = (names: readonly string[], description: string, byDefault?: string) =>
  Type.Union(
    names.map((name) => Type.Literal(name)),
    { description, ...(byDefault !== undefined && { default: byDefault }) },
  );

const count = (description: string, minimum: number, byDefault?: number) =>
  Type.Optional(Type.Integer({ description, minimum, ...(byDefault !== undefined && { default: byDefault }) }));

const Pruning = Type.Object(
  {
    first: count(
      'With `asha`, the step of the first comparison. Without it: a hundredth of the steps of the first complete trial.',
      1,
    ),
    reduction: Type.Optional(
      Type.Integer({
        description: 'With `asha`, one trial in so many goes on, and the next comparison is so many times as far.',
        minimum: 2,
        default: 4,
      }),
    ),
    keep: Type.Optional(
      Type.Number({
        description: 'With `percentile`, the best so many in a hundred go on.',
        exclusiveMinimum: 0,
        exclusiveMaximum: 100,
        default: 50,
      }),
    ),
    startup: count('With `median` and `percentile`, how many trials must be complete before one is ended.', 0, 5),
    warmup: count('No trial is ended before this step.', 0, 0),
    every: count('Of so many steps one is looked at.', 1, 1),
    lower: Type.Optional(Type.Number({ description: 'With `threshold`, what no value may be under.' })),
    upper: Type.Optional(Type.Number({ description: 'With `threshold`, what no value may be over.' })),
    patience: count('With `patience`, after how many reports without anything better a trial is ended.', 0, 10),
    min_delta: Type.Optional(
      Type.Number({
        description: 'With `patience`, what is better by less counts as the same.',
        minimum: 0,
        default: 0,
      }),
    ),
  },
  { description: 'How the pruner judges.', takes: 'a map of settings' },
);

export const Sweep = Type.Object(
  {
    step: Type.String({ description: 'The step that is tried.', names: 'step', takes: 'the name of a step' }),
    space: Type.Record(Type.String(), Range, {
      description: 'The params, each with what it may be.',
      takes: 'a map of params',
      keysName: 'param',
    }),
    goal: Type.String({
      description: 'What is looked for: `maximize METRIC` or `minimize METRIC`.',
      format: 'goal',
      takes: 'a goal',
    }),
    sampler: Type.Optional(
      words(SAMPLERS, 'How the next values are chosen. `tpe` learns from the trials before.', 'tpe'),
    ),
    pruner: Type.Optional(
      words(
        PRUNERS,
        'How trials without hope are ended early. They are judged by what they log under the metric of `goal`.',
        'none',
      ),
    ),
    pruning: Type.Optional(Pruning),
    trials: Type.Optional(
      Type.Integer({
        description: `How many at most. Without it, each combination is tried, or ${MOST_TRIALS} where there is no end of them.`,
        minimum: 1,
      }),
    ),
    parallel: Type.Optional(Type.Integer({ description: 'How many at the same time.', minimum: 1, default: 1 })),
    seed: Type.Optional(Type.Integer({ description: 'The same seed draws the same values.', minimum: 0 })),
  },
  { description: 'A search for the best params of a step.', takes: 'a map with `step`, `space` and `goal`' },
);

export type WrittenSweep = Omit<Static<typeof Sweep>, 'sampler' | 'pruner'> & {
  sampler?: (typeof SAMPLERS)[number];
  pruner?: (typeof PRUNERS)[number];
};
