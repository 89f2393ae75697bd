import { goalOf } from '../../../schemas/metric-goal.ts';
import { naturally } from '../../../schemas/natural-order.ts';
import type { Metric } from './metric.ts';
import type { Runs } from './runs.ts';
import type { Texts } from './texts.ts';

export type FieldKind = 'run' | 'metric' | 'param' | 'tag';

/** A column that can be shown: what it is called, and what a run has in it. */
export interface Field {
  id: string;
  kind: FieldKind;
  /** of the metric, param or tag; of the run's own fields their word */
  key: string;
  title: string;
  /** `number`: compared, summed up and drawn as bars; `choice`: few different texts, to group by */
  type: 'text' | 'number' | 'time' | 'duration' | 'state';
  /** of numbers, times and durations; NaN is a value */
  number(row: number): number | undefined;
  /** as it was logged, of texts */
  text(row: number): string | undefined;
  /** the texts behind it, each once */
  texts?: Texts;
  /** a metric's last value, which some run logged more than once */
  isCurve?: boolean;
}

export const NAME_FIELD = 'run:name';

const none = () => undefined;

/** Every field there is, in the order people look for them. */
export function fieldsOf(runs: Runs): Field[] {
  return [
    ...runFields(runs),
    ...sorted(runs.metrics).flatMap(([key, metric]) => metricFields(key, metric)),
    ...sorted(runs.params).map(([key, texts]) => textField('param', key, texts)),
    ...sorted(runs.tags).map(([key, texts]) => textField('tag', key, texts)),
  ];
}

function runFields(runs: Runs): Field[] {
  const { names, states, users, started, ended } = runs;
  const number = { kind: 'run', text: none } as const;
  return [
    { ...textField('run', 'name', names), title: 'Run', type: 'text' },
    { ...textField('run', 'state', states), title: 'State', type: 'state' },
    { ...number, id: 'run:started', key: 'started', title: 'Started', type: 'time', number: (row) => started.get(row) },
    {
      ...number,
      id: 'run:duration',
      key: 'duration',
      title: 'Duration',
      type: 'duration',
      number: (row) => (ended.get(row) ?? Date.now()) - (started.get(row) ?? 0),
    },
    { ...textField('run', 'user', users), title: 'User', type: 'text' },
    { ...number, id: 'run:id', key: 'id', title: 'Run ID', type: 'text', number: none, text: (row) => runs.ids[row] },
  ];
}

/** Texts that are all numbers are compared as numbers; shown they are as they were logged. */
function textField(kind: FieldKind, key: string, texts: Texts): Field {
  const isNumeric = kind === 'param' && texts.isNumeric;
  return {
    id: `${kind}:${key}`,
    kind,
    key,
    title: key,
    type: isNumeric ? 'number' : 'text',
    number: isNumeric ? (row) => texts.number(row) : none,
    text: (row) => texts.get(row),
    texts,
  };
}

function metricFields(key: string, metric: Metric): Field[] {
  const shared = { kind: 'metric', key, type: 'number', text: none } as const;
  const best = goalOf(key) === 'lowest' ? 'least' : 'greatest';
  const last: Field = { ...shared, id: `metric:${key}`, title: key, number: (row) => metric.last.get(row) };
  if (!metric.isSeries) return [last];
  return [
    { ...last, isCurve: true },
    { ...shared, id: `metric.min:${key}`, title: `${key} min`, number: (row) => metric.extreme(row, 'least') },
    { ...shared, id: `metric.max:${key}`, title: `${key} max`, number: (row) => metric.extreme(row, 'greatest') },
    {
      ...shared,
      id: `metric.step:${key}`,
      title: `${key} best step`,
      number: (row) => metric.extremeStep(row, best),
    },
  ];
}

function sorted<T>(map: Map<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => naturally(a, b));
}
