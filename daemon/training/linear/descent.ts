import { curvatureBound } from './curvature.ts';
import type { Problem } from './objective.ts';
import { gradient } from './objective.ts';

/**
 * Nesterov's accelerated gradient method, restarted whenever its momentum points uphill (O'Donoghue and Candès). Yields the
 * weights after each epoch (a pass over all rows) and ends when no slope is steeper than `tolerance`. The caller stops it
 * earlier by no longer asking.
 */
export function* descend(problem: Problem, tolerance: number): Generator<Float64Array, void, undefined> {
  const size = problem.design.weightRows * problem.classes;
  const step = 1 / curvatureBound(problem);
  let weights = new Float64Array(size);
  let ahead = weights.slice();
  let momentum = 1;
  const slope = new Float64Array(size);
  while (true) {
    gradient(problem, ahead, slope);
    if (steepest(slope) <= tolerance) {
      yield ahead;
      return;
    }
    const next = ahead.map((value, i) => value - step * (slope[i] as number));
    if (pointsUphill(slope, weights, next)) momentum = 1;
    const nextMomentum = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const push = (momentum - 1) / nextMomentum;
    ahead = next.map((value, i) => value + push * (value - (weights[i] as number)));
    momentum = nextMomentum;
    weights = next;
    yield weights;
  }
}

function steepest(slope: Float64Array): number {
  let most = 0;
  for (const value of slope) most = Math.max(most, Math.abs(value));
  return most;
}

function pointsUphill(slope: Float64Array, from: Float64Array, to: Float64Array): boolean {
  let along = 0;
  for (let i = 0; i < slope.length; i++) along += (slope[i] as number) * ((to[i] as number) - (from[i] as number));
  return along > 0;
}
