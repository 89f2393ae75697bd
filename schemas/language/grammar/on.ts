import { Type } from 'typebox';

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
        default: 'UTC',
        takes: 'a time zone',
      }),
    ),
    overlap: Type.Optional(
      Type.Union(
        ['skip', 'queue', 'replace', 'allow'].map((word) => Type.Literal(word)),
        {
          description: 'What happens while the run before is still under way.',
          default: 'skip',
        },
      ),
    ),
    catchup: Type.Optional(
      Type.Union(
        ['none', 'one', 'all'].map((word) => Type.Literal(word)),
        { description: 'How many missed runs are made up for.', default: 'one' },
      ),
    ),
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
  },
  { description: 'Runs when a monitor finds drift.', takes: 'a map with `monitor`' },
);

const OnData = Type.Object(
  {
    dataset: Type.String({ description: 'The dataset.', names: 'dataset', takes: 'the name of a dataset' }),
    cooldown,
  },
  { description: 'Runs when the content of a dataset changes.', takes: 'a map with `dataset`' },
);

export const On = Type.Object(
  {
    schedule: Type.Optional(Type.Array(Schedule, { description: 'Runs by the clock.', takes: 'a list of schedules' })),
    drift: Type.Optional(
      Type.Array(OnDrift, { description: 'Runs when a monitor finds drift.', takes: 'a list of monitors' }),
    ),
    data: Type.Optional(Type.Array(OnData, { description: 'Runs when data change.', takes: 'a list of datasets' })),
  },
  {
    description: 'When the pipeline runs by itself: schedules, drift, new data.',
    elsewhere: ['triggers', 'trigger'],
    takes: 'a map with `schedule`, `drift` or `data`',
    later: true,
  },
);
