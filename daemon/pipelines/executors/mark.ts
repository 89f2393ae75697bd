import { SUPERVISED_VARIABLE } from '../../../schemas/supervised.ts';

/**
 * What a supervisor, and all that its steps start, have in their environment. It outlives sessions and groups, and unlike a
 * number of a process nobody else ever gets it: what lives of a supervisor that was killed is found by it.
 */
export function markOf(instance: string, step: number): { name: string; value: string } {
  return { name: SUPERVISED_VARIABLE, value: `${instance}.${step}` };
}

/** The supervisor itself is the first, so that one that is about to become a step bears a mark as well. */
export const SUPERVISORS_OWN = 0;

/** The beginning of all marks of that supervisor. */
export function marksOf(instance: string): string {
  return `${SUPERVISED_VARIABLE}=${instance}.`;
}
