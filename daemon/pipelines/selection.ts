import type { PlannedStep } from '../../schemas/language/model.ts';
import type { StartPipeline } from '../../schemas/wire/pipelines.ts';
import { CrisolError } from '../base/errors.ts';

/**
 * The steps asked for and all that they need, and of `from` those and all that wait for them; every step when none is
 * named.
 */
export function select(plan: readonly PlannedStep[], { steps = [], from = [] }: StartPipeline = {}): PlannedStep[] {
  const byName = new Map(plan.map((step) => [step.name, step]));
  const chosen = new Set<string>();
  const known = (name: string): PlannedStep => {
    const step = byName.get(name);
    if (step) return step;
    const names = [...byName.keys()].join(', ');
    throw new CrisolError('PIPELINE_STEP_UNKNOWN', `There is no step "${name}"; there are: ${names}.`);
  };
  const include = (name: string): void => {
    if (chosen.has(name)) return;
    const step = known(name);
    chosen.add(name);
    step.needs.forEach(include);
  };
  const isWhole = steps.length === 0 && from.length === 0;
  for (const name of isWhole ? byName.keys() : steps) include(name);
  const later = new Set(from.map((name) => known(name).name));
  // the plan is in order, so that one pass reaches all
  for (const { name, needs } of plan) if (needs.some((need) => later.has(need))) later.add(name);
  return plan.filter(({ name }) => chosen.has(name) || later.has(name));
}
