import type { Point } from '../space/dimension.ts';

/**
 * `failed`: it broke off, or ended without a number. `cancelled`: its sweep was ended, which it is tried again with. Nothing is
 * learnt from either.
 */
export type TrialState = 'running' | 'complete' | 'pruned' | 'failed' | 'cancelled';

/** One try, as samplers and pruners see it. */
export interface Trial {
  /** from 0, in the order in which they were drawn */
  readonly number: number;
  readonly point: Point;
  state: TrialState;
  /** of a complete one */
  value: number | null;
  /** what was reported on the way, by step; of each step the first */
  readonly points: Map<number, number>;
  /** the furthest step */
  lastStep: number | null;
  /** of each rung that it has come to the value that it had there */
  readonly rungs: number[];
}
