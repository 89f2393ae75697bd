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
  },
  { description: 'What a param may be.', takes: 'a map such as `{log: [0.01, 0.3]}`' },
);

const words = (names: readonly string[], description: string, byDefault?: string) =>
  Type.Union(
    names.map((name) => Type.Literal(name)),
    { description, ...(byDefault !== undefined && { default: byDefault }) },
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
      words(['grid', 'random', 'tpe'], 'How the next values are chosen. `tpe` learns from the trials before.', 'tpe'),
    ),
    pruner: Type.Optional(words(['none', 'median', 'asha'], 'How trials without hope are ended early.', 'none')),
    trials: Type.Optional(Type.Integer({ description: 'How many at most.', minimum: 1 })),
    parallel: Type.Optional(Type.Integer({ description: 'How many at the same time.', minimum: 1, default: 1 })),
    seed: Type.Optional(Type.Integer({ description: 'The same seed draws the same values.', minimum: 0 })),
  },
  { description: 'A search for the best params of a step.', takes: 'a map with `step`, `space` and `goal`' },
);
