import type { BuiltInStep } from '../language/grammar/built-in-steps.ts';

/**
 * Rule K2. Raised by whoever changes what a built-in step writes or logs for the same settings and data, so that nobody is given
 * what the version before would have made.
 */
export const BUILT_IN_VERSIONS: Record<BuiltInStep, number> = { split: 1, train: 1, evaluate: 1, register: 1 };
