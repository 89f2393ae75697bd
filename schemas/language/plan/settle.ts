import type { Answer, Lookup } from '../expressions/evaluate.ts';
import { evaluate } from '../expressions/evaluate.ts';
import { referencesOf } from '../expressions/references.ts';
import { fillText, parseCondition } from '../expressions/template.ts';
import { isTrue, toText } from '../expressions/values.ts';
import type { JsonValue } from '../json.ts';
import type { FrozenPlan, PlannedStep, Results, StepModel } from '../model.ts';
import { listed } from '../suggest.ts';
import { written } from './answers.ts';
import { asksHowItWent, partsOfCondition } from './condition.ts';
import { fillStep } from './fill.ts';
import type { Thawed } from './frozen.ts';
import { thaw } from './frozen.ts';
import type { PlanContext } from './scope.ts';
import { Scope } from './scope.ts';
import { ancestorFailed, unmet } from './standing.ts';
import type { Variant } from './variants.ts';
import { onlyVariant } from './variants.ts';

/** How the run stands when it is a step's turn, and what comes from outside. */
export interface Turn extends Pick<PlanContext, 'env' | 'reveal'> {
  cancelled: boolean;
  /** a hash over the content of what these paths and patterns name */
  hashFiles?: (patterns: readonly string[]) => string;
}

/** What becomes of a step whose turn it is; `skip` and `problem` say why, in words. */
export type Settled = { step: PlannedStep } | { skip: string } | { problem: string };

/**
 * All that the step needs has ended, or will never run. Its condition is weighed by GitHub's rules, and what was late is filled in, out
 * of what was written: no value is ever read as an expression.
 */
export function settleStep(frozen: FrozenPlan, name: string, results: Results, turn: Turn): Settled {
  const thawed = thaw(frozen);
  const planned = thawed.planned.get(name);
  if (!planned) return { problem: `The plan has no step \`${name}\`.` };
  const settling = new Settling(thawed, planned, results, turn);
  const skip = settling.whySkipped();
  return skip ?? settling.filled();
}

class Settling {
  readonly #thawed: Thawed;
  readonly #planned: PlannedStep;
  readonly #results: Results;
  readonly #turn: Turn;

  constructor(thawed: Thawed, planned: PlannedStep, results: Results, turn: Turn) {
    this.#thawed = thawed;
    this.#planned = planned;
    this.#results = results;
    this.#turn = turn;
  }

  whySkipped(): { skip: string } | { problem: string } | null {
    const { condition } = this.#planned;
    const text = condition?.trim() ?? '';
    const unasked = partsOfCondition(text).some(({ node }) => asksHowItWent(node)) ? null : this.#whyNot();
    if (unasked !== null) return { skip: unasked };
    return text === '' ? null : this.#weigh(text);
  }

  filled(): Settled {
    const planned = this.#planned;
    const step = this.#thawed.steps.get(planned.of);
    if (!planned.late || !step) return { step: planned };
    const scope = this.#scope();
    const { planned: made, problems } = fillStep(step, this.#variant(scope, step), scope, this.#thawed.model.env);
    const [problem] = problems;
    if (problem !== undefined || !made) return { problem: problem ?? `\`${planned.of}\` has nothing to run.` };
    return { step: { ...made, needs: planned.needs, group: planned.group, late: false } };
  }

  /** Why a step without a condition does not run. */
  #whyNot(): string | null {
    if (this.#turn.cancelled) return 'the run was cancelled';
    const need = unmet(this.#planned, this.#results);
    if (need === undefined) return null;
    const state = this.#results[need]?.state;
    return `\`${need}\` ${state === 'failed' ? 'failed' : `was ${state}`}`;
  }

  #weigh(text: string): { skip: string } | { problem: string } | null {
    const scope = this.#scope();
    const step = this.#thawed.steps.get(this.#planned.of);
    const lookup = step ? scope.of(step, this.#variant(scope, step)) : scope.of({ name: this.#planned.of, env: {} });
    const answer = worth(text, lookup);
    if ('problem' in answer) return { problem: `\`if\`: ${answer.problem}` };
    return isTrue(revealed(answer.value, this.#turn)) ? null : { skip: doesNotHold(text, lookup) };
  }

  #scope(): Scope {
    const { model, combinations } = this.#thawed;
    const call = (name: string, args: readonly JsonValue[]) => this.#call(name, args);
    return new Scope(model, this.#turn, { results: this.#results, combinations, call });
  }

  #variant(scope: Scope, step: StepModel): Variant {
    const found = scope.variantsOf(step);
    const variants = 'variants' in found ? found.variants : [];
    return variants.find(({ name }) => name === this.#planned.name) ?? onlyVariant(this.#planned.name);
  }

  #call(name: string, args: readonly JsonValue[]): Answer {
    const { cancelled, hashFiles } = this.#turn;
    if (name === 'always') return { value: true };
    if (name === 'cancelled') return { value: cancelled };
    if (name === 'success') return { value: !cancelled && unmet(this.#planned, this.#results) === undefined };
    if (name === 'failure') {
      return { value: !cancelled && ancestorFailed(this.#planned, this.#results, this.#thawed.planned) };
    }
    if (!hashFiles) return { problem: `\`${name}()\` cannot be worked out here.` };
    try {
      return { value: hashFiles(args.flat().map(toText)) };
    } catch (thrown) {
      return { problem: thrown instanceof Error ? thrown.message : String(thrown) };
    }
  }
}

/** With text beside the braces it is that text. */
function worth(text: string, lookup: Lookup): Answer {
  const bare = parseCondition(text);
  if (bare) {
    const [problem] = bare.problems;
    return problem ? { problem: problem.message } : evaluate(bare.node, lookup);
  }
  const { value, problems, late } = fillText(text, lookup);
  const problem = problems[0] ?? late;
  return problem === undefined || problem === null ? { value } : { problem };
}

const revealed = (value: JsonValue, { reveal }: Turn): JsonValue =>
  typeof value === 'string' && reveal ? reveal(value) : value;

const MOST_SHOWN = 3;
const LONGEST_SHOWN = 40;

/** With what it was held against, but for the environment, which may be secret. */
function doesNotHold(text: string, lookup: Lookup): string {
  const names = partsOfCondition(text).flatMap(({ node }) => referencesOf(node));
  const shown = new Map<string, string>();
  for (const { path, open } of names) {
    if (open || (path[0] !== 'steps' && path[0] !== 'params' && path[0] !== 'matrix')) continue;
    const answer = lookup(path);
    const value = 'value' in answer && typeof answer.value !== 'object' ? toText(answer.value) : null;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a mark stands for a secret
    if (value !== null && value.length <= LONGEST_SHOWN && !/[\u0000-\u001f]/.test(value))
      shown.set(written(path), value);
  }
  const values = [...shown]
    .slice(0, MOST_SHOWN)
    .map(([name, value]) => `\`${name}\` is ${value === '' ? 'empty' : value}`);
  const plain = text.replaceAll(/^\$\{\{\s*|\s*\}\}$/g, '');
  return `its condition does not hold: ${plain}${values.length > 0 ? ` (${listed(values)})` : ''}`;
}
