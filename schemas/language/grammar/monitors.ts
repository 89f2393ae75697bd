import { Type } from 'typebox';
import { MONITOR_DEFAULTS } from '../model.ts';

const Window = Type.Object(
  {
    last: Type.Union([Type.Integer({ minimum: 1 }), Type.String({ format: 'duration', later: true })], {
      description: 'How many of the newest requests are looked at.',
      default: MONITOR_DEFAULTS.last,
      takes: 'a whole number of requests, at least 1',
    }),
  },
  { description: 'Which requests are compared with the training data.', takes: 'a map such as `{last: 1000}`' },
);

const Drift = Type.Object(
  {
    test: Type.Optional(
      Type.Union([Type.Literal('auto'), Type.Literal('ks'), Type.Literal('chi_square'), Type.Literal('psi')], {
        description:
          'How a column is compared. `auto`: Kolmogorov–Smirnov (`ks`) for numbers, chi-square (`chi_square`) for categories. ' +
          '`psi`: population stability index for both.',
        default: MONITOR_DEFAULTS.test,
      }),
    ),
    threshold: Type.Optional(
      Type.Number({
        description: 'A column drifts when its effect is over this and the test finds the difference significant.',
        exclusiveMinimum: 0,
        default: MONITOR_DEFAULTS.threshold,
        takes: 'a number over 0',
      }),
    ),
    columns: Type.Optional(
      Type.Union([Type.String(), Type.Array(Type.String({ takes: 'the name of a column' }))], {
        description: 'Only these columns; all of them without it.',
        takes: 'a column or a list of columns',
      }),
    ),
  },
  { description: 'When a column counts as drifted.', takes: 'a map such as `{test: auto, threshold: 0.1}`' },
);

const Concept = Type.Object(
  {
    detector: Type.Optional(
      Type.Union(
        ['adwin', 'ddm', 'eddm', 'page_hinkley', 'kswin', 'hddm_a', 'hddm_w'].map((name) => Type.Literal(name)),
        { description: 'How changes of the errors are found.', default: 'adwin' },
      ),
    ),
    threshold: Type.Optional(
      Type.Number({ description: 'How sure it must be.', exclusiveMinimum: 0, exclusiveMaximum: 1 }),
    ),
  },
  {
    description: 'Detects that the errors of the model change over time.',
    takes: 'a map such as `{detector: adwin}`',
    later: true,
  },
);

const Performance = Type.Object(
  {
    metric: Type.String({ description: 'The metric that is watched.', takes: 'the name of a metric', metric: true }),
    max_drop: Type.Optional(
      Type.Number({ description: 'By how much it may fall.', minimum: 0, takes: 'a number from 0' }),
    ),
  },
  {
    description: 'Watches a metric against the outcomes that are fed back.',
    takes: 'a map with `metric`',
    later: true,
  },
);

export const MonitorEntry = Type.Object(
  {
    endpoint: Type.String({
      description: 'The endpoint whose requests it watches.',
      names: 'endpoint',
      takes: 'the name of an endpoint',
    }),
    window: Type.Optional(Window),
    every: Type.Optional(
      Type.String({
        description: 'How often it looks, while there are new requests.',
        format: 'duration',
        default: '30s',
        takes: 'a time such as `30s`',
      }),
    ),
    drift: Type.Optional(Drift),
    concept: Type.Optional(Concept),
    performance: Type.Optional(Performance),
  },
  {
    description: 'A monitor: compares the requests of an endpoint with the training data.',
    takes: 'a map with `endpoint`',
  },
);
