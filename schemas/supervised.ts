/** Stands in the environment of all that a step starts, and says of which step: what is left of it is found by that. */
export const SUPERVISED_VARIABLE = 'CRISOL_SUPERVISED';
