import type { Answer, Lookup } from './expressions/evaluate.ts';
import { valueAt } from './expressions/evaluate.ts';
import type { ReferencePath } from './expressions/references.ts';
import { fillText, fillValue } from './expressions/template.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { PipelineModel, StepModel } from './model.ts';
import { remembered } from './remembered.ts';

/** Values from outside the file. */
export interface PlanContext {
  /** params with files and overrides in them (see gatherParams); without it, those that stand in the file */
  params?: JsonObject;
  /** the environment that steps inherit */
  env?: Readonly<Record<string, string | undefined>>;
}

/** The names that expressions know in this version, and what may follow each. */
export const CONTEXTS = ['params', 'env', 'steps'] as const;
/** Names of the language that this version cannot fill in. */
export const LATER_CONTEXTS = ['matrix', 'datasets', 'sweeps', 'secrets', 'run'] as const;
export const STEP_FIELDS = ['outs', 'with'] as const;
/** Results of a step, which are there once it has run. */
export const LATER_STEP_FIELDS = ['metrics', 'best'] as const;

/** Looks names up for one step. */
export function scopeOf(model: PipelineModel, context: PlanContext, step: StepModel): Lookup {
  return lookupFor(model, context, step, new Set());
}

function lookupFor(model: PipelineModel, context: PlanContext, step: StepModel, open: ReadonlySet<string>): Lookup {
  return (path) => {
    const [first, ...rest] = path;
    if (first === 'params') return answer(valueAt(context.params ?? model.params.values, rest), path);
    if (first === 'env') return answer(environment(model, context, step, rest), path);
    if (first === 'steps') return fromStep(model, context, rest, path, open);
    return { problem: `\`${written(path)}\` is not known to this version: use params, env or steps.` };
  };
}

function environment(model: PipelineModel, context: PlanContext, step: StepModel, rest: ReferencePath) {
  const name = String(rest[0] ?? '');
  const layers = [step.env, model.env, context.env ?? {}];
  const layer = rest.length === 1 ? layers.find((known) => Object.hasOwn(known, name)) : undefined;
  return layer?.[name];
}

/** Of two of one name the first counts. */
const stepsByName = remembered(({ steps }: PipelineModel): ReadonlyMap<string, StepModel> => {
  return new Map(steps.toReversed().map((step) => [step.name, step]));
});

function fromStep(
  model: PipelineModel,
  context: PlanContext,
  rest: ReferencePath,
  path: ReferencePath,
  open: ReadonlySet<string>,
): Answer {
  const [name, field, key, ...deeper] = rest;
  const step = stepsByName(model).get(String(name));
  if (!step) return { problem: `There is no step \`${String(name ?? '')}\` for \`${written(path)}\`.` };
  const place = written(rest.slice(0, 3));
  if (open.has(place)) return { problem: `\`${written(path)}\` leads back to itself.` };
  const lookup = lookupFor(model, context, step, new Set([...open, place]));
  if (field === 'outs' && key === undefined) {
    const outs = step.outs.map((out) => out.value);
    return filled(fillValue(outs, lookup));
  }
  const raw = field === 'outs' && typeof key === 'number' ? step.outs[key]?.value : undefined;
  if (raw !== undefined) return filled(fillText(raw, lookup));
  if (field === 'with' && key === undefined) return filled(fillValue(step.with, lookup));
  const setting = field === 'with' && Object.hasOwn(step.with, String(key)) ? step.with[String(key)] : undefined;
  if (setting === undefined) return answer(undefined, path);
  const result = filled(fillValue(setting, lookup));
  return 'value' in result ? answer(valueAt(result.value, deeper), path) : result;
}

function filled({ value, problems }: { value: JsonValue; problems: string[] }): Answer {
  const [problem] = problems;
  return problem === undefined ? { value } : { problem };
}

function answer(value: JsonValue | undefined, path: ReferencePath): Answer {
  return value === undefined ? { problem: `There is no \`${written(path)}\`.` } : { value };
}

export function written(path: ReferencePath): string {
  return path.map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`)).join('');
}
