import type { Answer, Lookup } from '../expressions/evaluate.ts';
import { valueAt } from '../expressions/evaluate.ts';
import type { ReferencePath } from '../expressions/references.ts';
import { fillText, fillValue, isOneExpression } from '../expressions/template.ts';
import { toText } from '../expressions/values.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { PipelineModel, Results, StepModel, StepResult } from '../model.ts';
import { remembered } from '../remembered.ts';
import { closest, listed } from '../suggest.ts';
import { answer, filled, written } from './answers.ts';
import { bestOf } from './best.ts';
import type { MadeOnce } from './made-once.ts';
import type { Variant } from './variants.ts';
import { matrixValue } from './variants.ts';

/** What names are looked up in: a file, or what was kept of one. */
export type ScopeModel = Pick<PipelineModel, 'params' | 'env' | 'steps'>;

/** What is known of a run. */
export interface Going {
  results: Results;
  /** of each step with a matrix, as they were when it was planned */
  combinations: Readonly<Record<string, readonly JsonObject[]>>;
  call(name: string, args: readonly JsonValue[]): Answer;
}

interface Around {
  made: MadeOnce;
  scope: {
    of(step: StepModel, variant?: Variant): Lookup;
    variantsOf(step: StepModel): { variants: readonly Variant[] } | { problem: string };
  };
  going: Going | null;
}

/** Ends what is said where a step has several variants and one is meant. */
export const SAY_WHICH = 'or go through its variants with a `matrix` here, too.';

/** `steps.NAME…`: what a step is given, writes and logs. */
export class OfSteps {
  readonly #model: ScopeModel;
  readonly #around: Around;

  constructor(model: ScopeModel, around: Around) {
    this.#model = model;
    this.#around = around;
  }

  find(path: ReferencePath): Answer {
    const [, name, field] = path;
    const step = stepsByName(this.#model).get(String(name));
    if (!step) return { problem: `There is no step \`${String(name ?? '')}\` for \`${written(path)}\`.` };
    const found = this.#around.scope.variantsOf(step);
    if ('problem' in found) return found;
    const { variants } = found;
    if (field === 'status') return path.length === 3 ? this.#status(step, variants) : answer(undefined, path);
    if (field === 'best') return this.#best(step, variants, path);
    const [only, second] = variants;
    if (only && !second) return this.#ofVariant(step, only, path, path.slice(2));
    if (field === 'outs' && path.length === 3) return this.#allOuts(step, variants, path);
    return this.#sameInAll(step, variants, path);
  }

  #sameInAll(step: StepModel, variants: readonly Variant[], path: ReferencePath): Answer {
    const [, name, field, ...rest] = path;
    const answers =
      field === 'metrics'
        ? []
        : variants.map((variant) => this.#ofVariant(step, variant, path, [field ?? '', ...rest]));
    const [first] = answers;
    if (first && answers.every((other) => isSame(other, first))) return first;
    const best = written(['steps', String(name), 'best', ...path.slice(2)]);
    return {
      problem: `\`${step.name}\` has ${variants.length} variants: write \`${best}\` for that of the best, ${SAY_WHICH}`,
    };
  }

  #allOuts(step: StepModel, variants: readonly Variant[], path: ReferencePath): Answer {
    const answers = variants.map((variant) => this.#ofVariant(step, variant, path, ['outs']));
    const failed = answers.find((one) => 'problem' in one);
    return failed ?? { value: answers.flatMap((one) => ('value' in one ? one.value : [])) };
  }

  #ofVariant(step: StepModel, variant: Variant, path: ReferencePath, rest: ReferencePath): Answer {
    const [field, key, ...deeper] = rest;
    if (field === 'metrics') return this.#metric(step, variant, path, rest.slice(1));
    if (field === 'outs' && step.outs.some((out) => isOneExpression(out.value))) {
      return this.#expressedOuts(step, variant, path, rest.slice(1));
    }
    const found = rawResult(step, field, key);
    if (found === undefined) return answer(undefined, path);
    const { made, scope } = this.#around;
    const place = `steps ${variant.name}.${written(rest.slice(0, 2))}`;
    const result = made.at(place, written(path), () => filled(fillValue(found, scope.of(step, variant))));
    return 'value' in result ? answer(valueAt(result.value, deeper), path) : result;
  }

  /** Where an expression may stand for several of them, only all together tell which is which. */
  #expressedOuts(step: StepModel, variant: Variant, path: ReferencePath, rest: ReferencePath): Answer {
    const { made, scope } = this.#around;
    const outs = step.outs.map((out) => out.value);
    const result = made.at(`steps ${variant.name}.outs`, written(path), () => {
      const all = fillValue(outs, scope.of(step, variant));
      return filled({ ...all, value: [all.value].flat(2) });
    });
    return 'value' in result ? answer(valueAt(result.value, rest), path) : result;
  }

  /** A step that is not of this run is asked for what it did before. */
  #resultOf(variant: Variant, path: ReferencePath): { result: StepResult } | Extract<Answer, { problem: string }> {
    const { going } = this.#around;
    if (!going) return { problem: `\`${written(path)}\` is known only once \`${variant.name}\` has run.`, late: true };
    const result = Object.hasOwn(going.results, variant.name) ? going.results[variant.name] : undefined;
    if (!result) return { problem: `\`${variant.name}\` has not run, so there is no \`${written(path)}\`.` };
    if (result.state === 'succeeded') return { result };
    const how = result.state === 'failed' ? 'failed' : `was ${result.state}`;
    return { problem: `\`${variant.name}\` ${how}, so there is no \`${written(path)}\`.` };
  }

  /** Names of metrics may have dots of their own. */
  #metric(step: StepModel, variant: Variant, path: ReferencePath, rest: ReferencePath): Answer {
    const found = this.#resultOf(variant, path);
    if ('problem' in found) return found;
    const { metrics } = found.result;
    if (rest.length === 0) return { value: { ...metrics } };
    const name = rest.join('.');
    const value = Object.hasOwn(metrics, name) ? metrics[name] : undefined;
    if (value !== undefined) return { value };
    const logged = Object.keys(metrics);
    const meant = closest(name, logged);
    const has = logged.length === 0 ? 'it logged none.' : `it logged ${listed(logged.slice(0, 10))}.`;
    return { problem: `\`${step.name}\` logged no metric \`${name}\`: ${meant ? `did you mean \`${meant}\`?` : has}` };
  }

  /** Of several variants the worst. */
  #status(step: StepModel, variants: readonly Variant[]): Answer {
    const path = ['steps', step.name, 'status'];
    const { going } = this.#around;
    if (!going) return { problem: `\`${written(path)}\` is known only once \`${step.name}\` has run.`, late: true };
    const states = variants.flatMap(({ name }) => going.results[name]?.state ?? []);
    if (states.length === 0) return { problem: `\`${step.name}\` has not run, so there is no \`${written(path)}\`.` };
    const worst = (['failed', 'cancelled', 'succeeded'] as const).find((state) => states.includes(state));
    return { value: worst ?? 'skipped' };
  }

  #best(step: StepModel, variants: readonly Variant[], path: ReferencePath): Answer {
    const rest = path.slice(3);
    const [only, second] = variants;
    const { going, scope } = this.#around;
    if (rest.length === 0)
      return { problem: `Say what of the best: \`${written(path)}.outs[0]\`, \`metrics\`, \`matrix\` or a setting.` };
    if (only && !second) return this.#ofBest(step, only, path, rest);
    if (!going) return this.#notYetBest(step, variants, path);
    const goal = step.best && fillText(step.best.value, scope.of(step));
    if (goal?.problems[0] !== undefined) return { problem: goal.problems[0] };
    const best = bestOf(step, variants, going.results, goal && toText(goal.value));
    return 'problem' in best ? best : this.#ofBest(step, best.variant, path, rest);
  }

  /** What no variant has is wrong, whichever is the best. */
  #notYetBest(step: StepModel, variants: readonly Variant[], path: ReferencePath): Answer {
    const answers = variants.map((variant) => this.#ofBest(step, variant, path, path.slice(3)));
    const [first] = answers;
    if (first && 'problem' in first && answers.every((one) => 'problem' in one && !one.late)) return first;
    return {
      problem: `\`${written(path)}\` is known only once all variants of \`${step.name}\` have run.`,
      late: true,
    };
  }

  #ofBest(step: StepModel, variant: Variant, path: ReferencePath, rest: ReferencePath): Answer {
    const [field] = rest;
    if (field === 'matrix') {
      if (variant.matrix) return matrixValue(variant, path, rest.slice(1));
      return { problem: `\`${step.name}\` has no \`matrix\`, so there is no \`${written(path)}\`.` };
    }
    const isField = field === 'outs' || field === 'with' || field === 'metrics';
    return this.#ofVariant(
      step,
      variant,
      path,
      isField ? rest : ['with', settingOf(step, String(field)), ...rest.slice(1)],
    );
  }
}

/** `best.model` of the built-in step that makes a model is the folder that it writes it to. */
export function settingOf(step: Pick<StepModel, 'uses' | 'with'>, key: string): string {
  return key === 'model' && step.uses?.value === 'train' && !Object.hasOwn(step.with, 'model') ? 'out' : key;
}

function isSame(one: Answer, other: Answer): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Of two of one name the first counts. */
const stepsByName = remembered(({ steps }: ScopeModel): ReadonlyMap<string, StepModel> => {
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
