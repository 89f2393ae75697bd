import type { LiveRun, LiveValues } from '../../schemas/language/live.ts';
import type { PipelineModel, StepModel } from '../../schemas/language/model.ts';
import { remembered } from '../../schemas/language/remembered.ts';
import { parseGoal } from '../../schemas/language/values/goal.ts';
import type { MetricNumber } from '../../schemas/wire/common.ts';
import type { PlacedScalar } from '../documents/walk.ts';

/** The metric that a value names; null when it names none. */
export function metricNamed({ node, shape }: Pick<PlacedScalar, 'node' | 'shape'>): string | null {
  if (typeof node.value !== 'string' || node.value === '') return null;
  if (shape.metric) return node.value;
  return shape.format === 'goal' ? (parseGoal(node.value)?.metric ?? null) : null;
}

/** What the file says that it is about: a goal first, then what a gate asks for; else what people look at first. */
export function leadingMetric(scalars: readonly PlacedScalar[], live: LiveValues): string | undefined {
  const known = new Set(live.best.map(({ metric }) => metric));
  const named = scalars
    .toSorted((one, other) => Number(other.shape.format === 'goal') - Number(one.shape.format === 'goal'))
    .map(metricNamed);
  return named.find((metric) => metric !== null && known.has(metric)) ?? live.best[0]?.metric;
}

export const valueIn = ({ metrics }: LiveRun, metric: string): MetricNumber | undefined =>
  metrics.find(({ key }) => key === metric)?.value;

/** The newest run that has it. */
export const lastWith = ({ runs }: LiveValues, metric: string): LiveRun | undefined =>
  runs.find((run) => valueIn(run, metric) !== undefined);

export const bestIn = ({ best }: LiveValues, metric: string | undefined): LiveRun | undefined =>
  best.find((one) => one.metric === metric)?.run;

/** `STEP.KEY` of each setting that takes a param as it is, by the param. */
const settingsByParam = remembered((steps: readonly StepModel[]): ReadonlyMap<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const step of steps) {
    for (const [key, value] of Object.entries(step.with)) {
      const [, param] = typeof value === 'string' ? (/^\$\{\{\s*params\.(\S+)\s*\}\}$/.exec(value) ?? []) : [];
      if (param !== undefined) found.set(param, [...(found.get(param) ?? []), `${step.name}.${key}`]);
    }
  }
  return found;
});

/**
 * Under which names runs know a param: its own, if a script logs it, and that of each setting which takes it as it is, since
 * built-in steps log their settings as `STEP.KEY`.
 */
export const namesInRuns = ({ steps }: PipelineModel, param: string): string[] => [
  param,
  ...(settingsByParam(steps).get(param) ?? []),
];

/** The same of a value of the file; null where it is none that runs could know. */
export function namesOfValue({ node, path }: Pick<PlacedScalar, 'node' | 'path'>, model: PipelineModel) {
  if (node.value === null || (typeof node.value === 'string' && node.value.includes('${{'))) return null;
  const [section, ...below] = path.map(({ key }) => key);
  if (section === 'params' && below.length > 0) return namesInRuns(model, below.join('.'));
  const [step, settings, ...key] = below;
  return section === 'steps' && settings === 'with' && key.length === 1 ? [`${step}.${key[0]}`] : null;
}

export function paramIn({ params }: LiveRun, names: readonly string[]): string | undefined {
  return params.find(({ key }) => names.includes(key))?.value;
}

/** Whether the known runs had different values of it. */
export function isVaried(names: readonly string[], { runs, best }: LiveValues): boolean {
  const values = [...runs, ...best.map(({ run }) => run)].flatMap((run) => paramIn(run, names) ?? []);
  return values.some((value) => !isSameValue(value, values[0] ?? value));
}

/** "0.10" and 0.1 are the same. */
export function isSameValue(one: string, other: string): boolean {
  return one === other || (one.trim() !== '' && Number(one) === Number(other));
}
