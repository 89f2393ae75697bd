import type { PlannedStep } from '../../schemas/language/index.ts';
import { CrisolError } from '../base/errors.ts';

/** The steps asked for and all that they need; every step when none is named. */
export function select(plan: readonly PlannedStep[], wanted: readonly string[] = []): PlannedStep[] {
  const byName = new Map(plan.map((step) => [step.name, step]));
  const chosen = new Set<string>();
  const include = (name: string): void => {
    if (chosen.has(name)) return;
    const step = byName.get(name);
    if (!step) {
      throw new CrisolError(
        'PIPELINE_STEP_UNKNOWN',
        `There is no step "${name}"; there are: ${[...byName.keys()].join(', ')}.`,
      );
    }
    chosen.add(name);
    step.needs.forEach(include);
  };
  for (const name of wanted.length > 0 ? wanted : byName.keys()) include(name);
  return plan.filter(({ name }) => chosen.has(name));
}
