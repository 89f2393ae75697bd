import { headlineOf } from '../../headline-metrics.ts';
import { goalOf } from '../../metric-goal.ts';
import { bestOfBuiltIn } from '../grammar/built-in-metrics.ts';
import { isBuiltInStep } from '../grammar/built-in-steps.ts';
import type { Results, StepModel, StepResult } from '../model.ts';
import { listed } from '../suggest.ts';
import type { Goal } from '../values/goal.ts';
import { parseGoal } from '../values/goal.ts';
import type { Variant } from './variants.ts';

type Best = { variant: Variant } | { problem: string };

/** Which variant is the best of those that succeeded; of equals the first. `said`: the step's key `best`. */
export function bestOf(
  { name, uses }: Pick<StepModel, 'name' | 'uses'>,
  variants: readonly Variant[],
  results: Results,
  said: string | null,
): Best {
  const succeeded = variants.flatMap((variant) => {
    const result = Object.hasOwn(results, variant.name) ? results[variant.name] : undefined;
    return result?.state === 'succeeded' ? [{ variant, result }] : [];
  });
  if (succeeded.length === 0) return { problem: `No variant of \`${name}\` succeeded, so none is the best.` };
  const logged = [...new Set(succeeded.flatMap(({ result }) => Object.keys(result.metrics)))];
  const goal = said === null ? goalByDefault(uses?.value ?? null, logged) : parseGoal(said);
  if (!goal)
    return { problem: said === null ? noGoal(name, logged) : `\`best\` is \`${said}\`: write \`maximize METRIC\`.` };
  return leading(succeeded, goal, name);
}

function leading(candidates: readonly { variant: Variant; result: StepResult }[], goal: Goal, step: string): Best {
  const { metric, direction } = goal;
  const sign = direction === 'maximize' ? 1 : -1;
  let best: { variant: Variant; score: number } | null = null;
  for (const { variant, result } of candidates) {
    const value = Object.hasOwn(result.metrics, metric) ? result.metrics[metric] : undefined;
    const score = typeof value === 'number' ? value * sign : Number.NaN;
    if (!Number.isNaN(score) && (!best || score > best.score)) best = { variant, score };
  }
  return best
    ? { variant: best.variant }
    : { problem: `No variant of \`${step}\` logged \`${metric}\`, so none is the best.` };
}

/** What a built-in step is judged by, or else the metric that people look at first. */
function goalByDefault(uses: string | null, logged: readonly string[]): Goal | null {
  const own = uses !== null && isBuiltInStep(uses) ? bestOfBuiltIn(uses) : null;
  if (own && logged.includes(own.metric)) return own;
  const metric = headlineOf(logged);
  return metric === undefined ? null : { metric, direction: goalOf(metric) === 'highest' ? 'maximize' : 'minimize' };
}

function noGoal(step: string, logged: readonly string[]): string {
  const has = logged.length === 0 ? 'its variants logged no metric.' : `it logged ${listed(logged.slice(0, 10))}.`;
  return `Nothing says which variant of \`${step}\` is the best: add \`best: maximize METRIC\` to it; ${has}`;
}
