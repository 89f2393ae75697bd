import type { PlannedStep } from '../../../schemas/language/model.ts';
import type { StartPipeline } from '../../../schemas/wire/pipelines.ts';
import { CrisolError } from '../../base/errors.ts';

/**
 * The steps asked for and all that they need (or `only` those), and of `from` those and all that wait for them; every step
 * when none is named. The name of a step means all its variants.
 */
export function select(
  plan: readonly PlannedStep[],
  { steps = [], from = [], only = false }: Pick<StartPipeline, 'steps' | 'from' | 'only'> = {},
): PlannedStep[] {
  const named = (name: string): PlannedStep[] => {
    const found = plan.filter((step) => step.name === name || step.of === name);
    if (found.length > 0) return found;
    const names = [...new Set(plan.map(({ of }) => of))].join(', ');
    throw new CrisolError('PIPELINE_STEP_UNKNOWN', `There is no step "${name}"; there are: ${names}.`);
  };
  const isWhole = steps.length === 0 && from.length === 0;
  const wanted = isWhole ? plan : steps.flatMap(named);
  const chosen = new Set(wanted.map(({ name }) => name));
  // the plan is in order, so that one pass reaches all, from the end or from the beginning
  if (!only)
    for (const { name, needs } of plan.toReversed()) if (chosen.has(name)) for (const need of needs) chosen.add(need);
  const later = new Set(from.flatMap(named).map(({ name }) => name));
  for (const { name, needs } of plan) if (needs.some((need) => later.has(need))) later.add(name);
  return plan.filter(({ name }) => chosen.has(name) || later.has(name));
}

/** That step, or of its variants the first. */
export function firstNamed(plan: readonly PlannedStep[], name: string): string {
  const step = plan.find((one) => one.name === name) ?? plan.find(({ of }) => of === name);
  if (!step) throw new CrisolError('PIPELINE_STEP_UNKNOWN', `The run has no step "${name}".`);
  return step.name;
}
