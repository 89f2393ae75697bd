import type { Answer, Lookup } from '../expressions/evaluate.ts';
import { valueAt } from '../expressions/evaluate.ts';
import type { ReferencePath } from '../expressions/references.ts';
import { fillText } from '../expressions/template.ts';
import { toText } from '../expressions/values.ts';
import type { JsonObject } from '../json.ts';
import type { PipelineModel, StepModel } from '../model.ts';
import { answer, filled, written } from './answers.ts';
import { MadeOnce } from './made-once.ts';
import type { Going, ScopeModel } from './of-steps.ts';
import { OfSteps } from './of-steps.ts';
import type { Variant } from './variants.ts';
import { combinationsOf, matrixValue, onlyVariant, variantsOf } from './variants.ts';

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
export const CONTEXTS = ['params', 'env', 'matrix', 'steps'] as const;
/** Names of the language that this version cannot fill in. */
export const LATER_CONTEXTS = ['datasets', 'sweeps', 'secrets', 'run'] as const;
export const STEP_FIELDS = ['outs', 'with'] as const;
/** Results of a step, which are there once it has run. */
export const LATER_STEP_FIELDS = ['metrics', 'best', 'status'] as const;

/** A step whose names are looked up. */
export type Asking = Pick<StepModel, 'name' | 'env'> & Partial<Pick<StepModel, 'matrix'>>;

/** Looks names up for one step. */
export const scopeOf = (model: PipelineModel, context: PlanContext, step: StepModel): Lookup =>
  new Scope(model, context).of(step);

/** The names of a plan. */
export class Scope {
  readonly #model: ScopeModel;
  readonly #context: PlanContext;
  readonly #made = new MadeOnce();
  readonly #steps: OfSteps;
  readonly #going: Going | null;

  /** `going`: what is known of a run; without it, results are late */
  constructor(model: ScopeModel, context: PlanContext, going: Going | null = null) {
    this.#model = model;
    this.#context = context;
    this.#going = going;
    this.#steps = new OfSteps(model, { made: this.#made, scope: this, going });
  }

  /** Without a variant, the values of a matrix are not known. */
  of(step: Asking, variant: Variant | null = null): Lookup {
    const find = (path: ReferencePath): Answer => {
      const [first, ...rest] = path;
      if (first === 'params') return answer(valueAt(this.#context.params ?? this.#model.params.values, rest), path);
      if (first === 'env') return this.#environment(step, variant, path);
      if (first === 'steps') return this.#steps.find(path);
      if (first === 'matrix') return ofMatrix(step, variant, path);
      return { problem: `\`${written(path)}\` is not known to this version: use params, env, matrix or steps.` };
    };
    return Object.assign(find, { reveal: this.#context.reveal, later: this.#going?.call ?? callLater });
  }

  /** A step without matrix is its only variant. */
  variantsOf(step: StepModel): { variants: readonly Variant[] } | { problem: string } {
    const { matrix, name } = step;
    const kept = this.#going?.combinations[name];
    if (kept) return { variants: variantsOf(kept, name) };
    if (!matrix) return { variants: [onlyVariant(name)] };
    const found = this.#made.at(`matrix ${name}`, `steps.${name}.matrix`, () => combinationsOf(matrix, this.of(step)));
    return 'value' in found ? { variants: variantsOf(found.value as JsonObject[], name) } : found;
  }

  /** The step's own, then the file's, then the daemon's; within its own value a name is that of the next of these. */
  #environment(step: Asking, variant: Variant | null, path: ReferencePath): Answer {
    const name = String(path[1] ?? '');
    const owner = variant?.name ?? step.name;
    const layers = [step.env, this.#model.env].map((env, at) => ({ env, place: `env ${at} ${name} ${owner}` }));
    const { innermost } = this.#made;
    const further = layers.slice(layers.findIndex(({ place }) => place === innermost) + 1);
    const own = further.find(({ env }) => Object.hasOwn(env, name));
    if (path.length !== 2) return answer(undefined, path);
    if (own) {
      return this.#made.at(own.place, written(path), () => {
        const made = fillText(own.env[name] ?? '', this.of(step, variant));
        return filled({ ...made, value: toText(made.value) });
      });
    }
    const outer = this.#context.env ?? {};
    return answer(Object.hasOwn(outer, name) ? outer[name] : undefined, path);
  }
}

function ofMatrix(step: Asking, variant: Variant | null, path: ReferencePath): Answer {
  if (!(variant ? variant.matrix : step.matrix)) {
    return { problem: `\`${step.name}\` has no \`matrix\`: add one, or name a param.` };
  }
  if (!variant) {
    return { problem: `\`${written(path)}\` is known only in a variant of \`${step.name}\`.`, late: true };
  }
  return matrixValue(variant, path, path.slice(1));
}

const callLater = (name: string): Answer => ({
  problem: `\`${name}()\` is known only while the pipeline runs.`,
  late: true,
});
