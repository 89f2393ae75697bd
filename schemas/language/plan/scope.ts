import type { Answer, Lookup } from '../expressions/evaluate.ts';
import { valueAt } from '../expressions/evaluate.ts';
import type { ReferencePath } from '../expressions/references.ts';
import type { Filled } from '../expressions/template.ts';
import { fillText, fillValue, isOneExpression } from '../expressions/template.ts';
import { toText } from '../expressions/values.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { PipelineModel, StepModel } from '../model.ts';
import { remembered } from '../remembered.ts';
import { MadeOnce } from './made-once.ts';

/** Values from outside the file. */
export interface PlanContext {
  /** params with files and overrides in them (see gatherParams); without it, those that stand in the file */
  params?: JsonObject;
  /** the environment that steps inherit */
  env?: Readonly<Record<string, string | undefined>>;
  /** what a text says where marks in it stand for values that a plan must not hold */
  reveal?: (text: string) => string;
}

/** The names that expressions know in this version, and what may follow each. */
export const CONTEXTS = ['params', 'env', 'steps'] as const;
/** Names of the language that this version cannot fill in. */
export const LATER_CONTEXTS = ['matrix', 'datasets', 'sweeps', 'secrets', 'run'] as const;
export const STEP_FIELDS = ['outs', 'with'] as const;
/** Results of a step, which are there once it has run. */
export const LATER_STEP_FIELDS = ['metrics', 'best'] as const;

/** Looks names up for one step. */
export const scopeOf = (model: PipelineModel, context: PlanContext, step: StepModel): Lookup =>
  new Scope(model, context).of(step);

/** The names of a plan. */
export class Scope {
  readonly #model: PipelineModel;
  readonly #context: PlanContext;
  readonly #made = new MadeOnce();

  constructor(model: PipelineModel, context: PlanContext) {
    this.#model = model;
    this.#context = context;
  }

  of(step: Pick<StepModel, 'name' | 'env'>): Lookup {
    const find = (path: ReferencePath): Answer => {
      const [first, ...rest] = path;
      if (first === 'params') return answer(valueAt(this.#context.params ?? this.#model.params.values, rest), path);
      if (first === 'env') return this.#environment(step, path);
      if (first === 'steps') return this.#fromStep(path);
      return { problem: `\`${written(path)}\` is not known to this version: use params, env or steps.` };
    };
    return Object.assign(find, { reveal: this.#context.reveal });
  }

  /** The step's own, then the file's, then the daemon's; within its own value a name is that of the next of these. */
  #environment(step: Pick<StepModel, 'name' | 'env'>, path: ReferencePath): Answer {
    const name = String(path[1] ?? '');
    const layers = [step.env, this.#model.env].map((env, at) => ({ env, place: `env ${at} ${name} ${step.name}` }));
    const { innermost } = this.#made;
    const further = layers.slice(layers.findIndex(({ place }) => place === innermost) + 1);
    const own = further.find(({ env }) => Object.hasOwn(env, name));
    if (path.length !== 2) return answer(undefined, path);
    if (own) return this.#made.at(own.place, written(path), () => textOf(fillText(own.env[name] ?? '', this.of(step))));
    const outer = this.#context.env ?? {};
    return answer(Object.hasOwn(outer, name) ? outer[name] : undefined, path);
  }

  /** Where an expression may stand for several of them, only all together tell which is which. */
  #outsOf(step: StepModel, path: ReferencePath): Answer {
    const outs = step.outs.map((out) => out.value);
    const result = this.#made.at(`steps ${step.name}.outs`, written(path), () => {
      const { value, problems } = fillValue(outs, this.of(step));
      return filled({ value: [value].flat(2), problems });
    });
    return 'value' in result ? answer(valueAt(result.value, path.slice(3)), path) : result;
  }

  #fromStep(path: ReferencePath): Answer {
    const [, name, field, key, ...deeper] = path;
    const step = stepsByName(this.#model).get(String(name));
    if (!step) return { problem: `There is no step \`${String(name ?? '')}\` for \`${written(path)}\`.` };
    if (field === 'outs' && step.outs.some((out) => isOneExpression(out.value))) return this.#outsOf(step, path);
    const found = rawResult(step, field, key);
    if (found === undefined) return answer(undefined, path);
    const result = this.#made.at(`steps ${written(path.slice(1, 4))}`, written(path), () =>
      filled(fillValue(found, this.of(step))),
    );
    return 'value' in result ? answer(valueAt(result.value, deeper), path) : result;
  }
}

/** Of two of one name the first counts. */
const stepsByName = remembered(({ steps }: PipelineModel): ReadonlyMap<string, StepModel> => {
  return new Map(steps.toReversed().map((step) => [step.name, step]));
});

/** As it is written. */
function rawResult(step: StepModel, field: string | number | undefined, key: string | number | undefined) {
  if (field === 'outs') {
    const outs = step.outs.map((out) => out.value);
    return key === undefined ? outs : typeof key === 'number' ? outs[key] : undefined;
  }
  if (field !== 'with') return undefined;
  return key === undefined ? step.with : Object.hasOwn(step.with, String(key)) ? step.with[String(key)] : undefined;
}

const textOf = ({ value, problems }: Filled<JsonValue>): Answer => filled({ value: toText(value), problems });

function filled({ value, problems }: Filled<JsonValue>): Answer {
  const [problem] = problems;
  return problem === undefined ? { value } : { problem };
}

function answer(value: JsonValue | undefined, path: ReferencePath): Answer {
  return value === undefined ? { problem: `There is no \`${written(path)}\`.` } : { value };
}

export function written(path: ReferencePath): string {
  return path.map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`)).join('');
}
