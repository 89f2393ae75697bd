import { Type } from 'typebox';

/** How a step is run: how often, how long, on what. */

const Combinations = (description: string) =>
  Type.Array(Type.Record(Type.String(), Type.Unknown(), { takes: 'a map of values' }), {
    description,
    takes: 'a list of maps',
  });

export const Matrix = Type.Union(
  [
    Type.Object(
      {
        include: Type.Optional(Combinations('Further combinations, or further values of combinations that there are.')),
        exclude: Type.Optional(Combinations('Combinations that are left out.')),
        'max-parallel': Type.Optional(
          Type.Integer({ description: 'How many run at the same time at most.', minimum: 1 }),
        ),
        'fail-fast': Type.Optional(
          Type.Boolean({ description: 'Whether the others are ended when one fails.', default: true }),
        ),
      },
      // all other keys are its own, each with a list of values
      { additionalProperties: Type.Array(Type.Unknown(), { takes: 'a list of values' }) },
    ),
    Type.String(),
  ],
  {
    description: 'Runs the step once for each combination of these values.',
    takes: 'a map of lists such as `{depth: [3, 5]}`',
  },
);

export const Retry = Type.Union(
  [
    Type.Object({
      limit: Type.Integer({ description: 'How often it is tried again.', minimum: 0, maximum: 100 }),
      backoff: Type.Optional(
        Type.String({
          description: 'How long to wait before; twice as long each further time.',
          format: 'duration',
          takes: 'a time such as `10s`',
        }),
      ),
      on: Type.Optional(
        Type.Array(Type.Union([Type.Literal('failure'), Type.Literal('timeout')]), {
          description: 'After which ends it is tried again.',
          takes: 'a list of `failure` and `timeout`',
        }),
      ),
    }),
    Type.Integer({ minimum: 0, maximum: 100 }),
  ],
  {
    description: 'How often to try again after a failure.',
    takes: 'a map such as `{limit: 2, backoff: 10s}`, or a whole number',
  },
);

export const Resources = Type.Object(
  {
    cpus: Type.Optional(Type.Number({ description: 'Processors.', exclusiveMinimum: 0, takes: 'a number over 0' })),
    memory: Type.Optional(Type.String({ description: 'Memory.', format: 'size', takes: 'a size such as `2Gi`' })),
    gpus: Type.Optional(Type.Integer({ description: 'Graphics processors.', minimum: 0 })),
  },
  { description: 'What the step needs.', takes: 'a map such as `{cpus: 1, memory: 2Gi}`' },
);
