import type { PlannedStep, Results } from '../model.ts';

type Needing = Pick<PlannedStep, 'name' | 'needs'>;

/** The first of what a step needs that did not succeed. What takes no part in the run is taken as it is. */
export function unmet({ needs }: Needing, results: Results): string | undefined {
  return needs.find((need) => Object.hasOwn(results, need) && results[need]?.state !== 'succeeded');
}

/** Whether a step that it needs failed, or never ran because one before that failed. Who succeeded all the same has coped with it. */
export function ancestorFailed(step: Needing, results: Results, planned: ReadonlyMap<string, Needing>): boolean {
  const seen = new Set<string>(step.needs);
  // grows as it is gone through
  for (const need of seen) {
    const state = results[need]?.state;
    if (state === 'failed') return true;
    if (state === 'skipped' || state === 'cancelled')
      for (const further of planned.get(need)?.needs ?? []) seen.add(further);
  }
  return false;
}
