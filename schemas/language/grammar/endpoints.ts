import { Type } from 'typebox';
import { STAGES } from '../../model-ref.ts';

const Most = Type.Object(
  { max: Type.Number({ description: 'At most so much.' }) },
  { description: 'A limit of the latency, in milliseconds.', takes: 'a map such as `{max: 50}`' },
);

const Gate = Type.Object(
  {
    metric: Type.Optional(
      Type.String({ description: 'A metric of the version.', takes: 'the name of a metric', metric: true }),
    ),
    min: Type.Optional(Type.Number({ description: 'At least so much.' })),
    max: Type.Optional(Type.Number({ description: 'At most so much.' })),
    vs: Type.Optional(
      Type.Union(
        STAGES.map((stage) => Type.Literal(stage)),
        { description: 'Held against the version that holds this stage.' },
      ),
    ),
    min_delta: Type.Optional(Type.Number({ description: 'With `vs`: by how much it must be better at least.' })),
    latency_p50_ms: Type.Optional(Most),
    latency_p95_ms: Type.Optional(Most),
    latency_p99_ms: Type.Optional(Most),
  },
  { description: 'Something that a version must pass.', takes: 'a map with `metric` or a latency' },
);

const Approvals = Type.Object(
  {
    count: Type.Optional(Type.Integer({ description: 'How many people must agree.', minimum: 1, default: 1 })),
    not_author: Type.Optional(
      Type.Boolean({
        description: 'Whoever made the version does not count.',
        default: true,
        takes: '`true` or `false`',
      }),
    ),
  },
  { description: 'Who must agree.', takes: 'a map such as `{count: 1}`' },
);

const Promotion = Type.Object(
  {
    gates: Type.Optional(Type.Array(Gate, { description: 'What a version must pass.', takes: 'a list of gates' })),
    approvals: Type.Optional(Approvals),
  },
  { description: 'What it takes to enter this stage.', takes: 'a map with `gates` or `approvals`' },
);

export const ModelEntry = Type.Object(
  {
    owners: Type.Optional(
      Type.Array(Type.String({ takes: 'a name' }), {
        description: 'Who answers for the model.',
        takes: 'a list of names',
      }),
    ),
    promote: Type.Optional(
      Type.Object(Object.fromEntries(STAGES.map((stage) => [stage, Type.Optional(Promotion)])), {
        description: 'What a version must pass to enter a stage: gates and approvals.',
        takes: 'a map of stages',
        later: true,
      }),
    ),
  },
  { description: 'A model of the registry.', takes: 'a map' },
);

const Traffic = Type.Object(
  {
    strategy: Type.Optional(
      Type.Union(
        ['canary', 'shadow', 'ab', 'blue_green', 'bandit'].map((name) => Type.Literal(name)),
        { description: 'How the requests are shared out.' },
      ),
    ),
    challenger: Type.Optional(
      Type.String({ description: 'The model that is tried.', format: 'model-ref', takes: 'a model' }),
    ),
    steps: Type.Optional(
      Type.Array(Type.String({ format: 'percentage', takes: 'a share such as `5%`' }), {
        description: 'The share of the challenger, step by step.',
        takes: 'a list of shares such as `[5%, 25%, 100%]`',
      }),
    ),
    every: Type.Optional(
      Type.String({ description: 'How long a step lasts.', format: 'duration', takes: 'a time such as `10m`' }),
    ),
    rollback_if: Type.Optional(
      Type.Record(Type.String(), Type.String({ format: 'limit', takes: 'a limit such as `> 1%`' }), {
        description: 'When the challenger is taken back.',
        takes: 'a map such as `{error_rate: "> 1%"}`',
      }),
    ),
  },
  {
    description: 'How a challenger gets its share of the requests.',
    takes: 'a map with `strategy`',
    later: true,
  },
);

export const EndpointEntry = Type.Object(
  {
    model: Type.String({
      description:
        'What it serves: `NAME@STAGE` (whatever holds the stage), `NAME@ALIAS` (whatever has the alias), `NAME/VERSION`, or `NAME` (what is in production, else in staging, else the newest).',
      format: 'model-ref',
      takes: 'a model',
    }),
    traffic: Type.Optional(Traffic),
  },
  { description: 'An endpoint: answers predictions over HTTP.', takes: 'a map with `model`' },
);
