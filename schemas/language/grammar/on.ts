import { Type } from 'typebox';
import { CATCHUPS, INPUT_TYPES, OVERLAPS, TRIGGER_DEFAULTS } from '../trigger-model.ts';
import { Names } from './values.ts';

const words = (choices: readonly string[], description: string, byDefault?: string) =>
  Type.Optional(
    Type.Union(
      choices.map((word) => Type.Literal(word)),
      { description, ...(byDefault !== undefined && { default: byDefault }) },
    ),
  );

const overlap = (byDefault: string) =>
  words(
    OVERLAPS,
    'What happens while its run before is still under way: nothing (`skip`), one run after the other (`queue`), the new one instead ' +
      '(`replace`), or both at once (`allow`).',
    byDefault,
  );

const name = Type.Optional(
  Type.String({
    description: 'What it is called in `crisol trigger NAME` and in the views.',
    format: 'name',
    takes: 'a name',
  }),
);

/** What all of them may say of their runs. */
const run = {
  steps: Type.Optional(Names('These steps and what they need. Without it all steps run.', 'step')),
  params: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: 'Other values for params in these runs, by their dotted names.',
      takes: 'a map of params and values',
      keysName: 'param',
    }),
  ),
};

const Schedule = Type.Object(
  {
    cron: Type.String({
      description: 'When: minute, hour, day of the month, month, day of the week.',
      format: 'cron',
      takes: 'a cron expression such as `0 3 * * *`',
    }),
    timezone: Type.Optional(
      Type.String({
        description: 'The zone whose clock counts.',
        format: 'time-zone',
        default: TRIGGER_DEFAULTS.timezone,
        takes: 'a time zone',
        elsewhere: ['tz', 'zone', 'time_zone'],
      }),
    ),
    name,
    overlap: overlap(TRIGGER_DEFAULTS.overlap.schedule),
    catchup: words(
      CATCHUPS,
      'How many runs make up for times at which no daemon was there or the machine slept: none, one for all of them, or one each ' +
        '(the newest hundred).',
      TRIGGER_DEFAULTS.catchup,
    ),
    ...run,
  },
  { description: 'Runs by the clock.', takes: 'a map with `cron`' },
);

const cooldown = Type.Optional(
  Type.String({
    description: 'How long nothing more is started afterwards.',
    format: 'duration',
    takes: 'a time such as `6h`',
  }),
);

const OnDrift = Type.Object(
  {
    monitor: Type.String({ description: 'The monitor.', names: 'monitor', takes: 'the name of a monitor' }),
    cooldown,
    name,
    ...run,
  },
  { description: 'Runs when a monitor finds drift.', takes: 'a map with `monitor`' },
);

const OnData = Type.Object(
  {
    dataset: Type.String({ description: 'The dataset.', names: 'dataset', takes: 'the name of a dataset' }),
    cooldown,
    name,
    ...run,
  },
  { description: 'Runs when the content of a dataset changes.', takes: 'a map with `dataset`' },
);

const Input = Type.Object(
  {
    description: Type.Optional(Type.String({ description: 'What it is for.' })),
    type: words(INPUT_TYPES, 'What may be given; `choice` is one of `options`.'),
    default: Type.Optional(
      Type.Unknown({
        description: "What counts when it is not given; without it the param's own value.",
        takes: 'a value',
      }),
    ),
    required: Type.Optional(
      Type.Boolean({ description: 'Whoever asks must give it.', default: false, takes: '`true` or `false`' }),
    ),
    options: Type.Optional(
      Type.Array(Type.Unknown(), {
        description: 'What may be chosen.',
        takes: 'a list of values',
        items: { takes: 'a value' },
      }),
    ),
  },
  { description: 'A param that may be given.', takes: 'a map such as `{type: number}`' },
);

const Manual = Type.Object(
  {
    description: Type.Optional(Type.String({ description: 'What it is for.' })),
    inputs: Type.Optional(
      Type.Record(Type.String(), Input, {
        description: 'The params that may be given. Without it any may be.',
        takes: 'a map of params',
        keysName: 'param',
      }),
    ),
    overlap: overlap(TRIGGER_DEFAULTS.overlap.manual),
    ...run,
  },
  { description: 'Runs when somebody asks for it by its name.', takes: 'a map, which may be empty' },
);

export const On = Type.Object(
  {
    schedule: Type.Optional(
      Type.Array(Schedule, {
        description: 'Runs by the clock.',
        takes: 'a list of schedules',
        elsewhere: ['cron', 'schedules'],
      }),
    ),
    drift: Type.Optional(
      Type.Array(OnDrift, { description: 'Runs when a monitor finds drift.', takes: 'a list of monitors' }),
    ),
    data: Type.Optional(
      Type.Array(OnData, {
        description: 'Runs when data change.',
        takes: 'a list of datasets',
        elsewhere: ['dataset', 'datasets', 'paths'],
      }),
    ),
    manual: Type.Optional(
      Type.Record(Type.String(), Manual, {
        description: 'Runs when somebody asks: `crisol trigger NAME`, or a request over HTTP.',
        takes: 'a map of names',
        keys: 'name',
        elsewhere: ['workflow_dispatch', 'repository_dispatch', 'dispatch'],
      }),
    ),
  },
  {
    description: 'When the pipeline runs by itself (schedules, drift, new data), and what others may ask for.',
    elsewhere: ['triggers', 'trigger'],
    takes: 'a map with `schedule`, `drift`, `data` or `manual`',
  },
);
