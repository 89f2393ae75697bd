import type { Goal } from '../../../../schemas/language/values/goal.ts';
import type { Point, Space } from '../../space/dimension.ts';
import { isFixed } from '../../space/dimension.ts';
import type { Trial } from '../../study/trial.ts';
import { drawAny } from '../random.ts';
import { splitTrials } from './good.ts';
import { Parzen } from './parzen.ts';

/** Before so many have finished there is nothing to learn from. */
const STARTUP = 10;
const CANDIDATES = 24;

/** The tree-structured Parzen estimator, over all params jointly: of what good trials make likely, what bad ones do least. */
export function drawTpe(space: Space, trials: readonly Trial[], goal: Goal['direction'], random: () => number): Point {
  const finished = trials.filter(({ state }) => state === 'complete' || state === 'pruned');
  const open = new Map([...space].filter(([, dimension]) => !isFixed(dimension)));
  if (finished.length < STARTUP || open.size === 0) return drawAny(space, random);
  const { good, bad } = splitTrials(trials, goal);
  const [likely, unlikely] = [good, bad].map(
    (some) =>
      new Parzen(
        open,
        some.map(({ point }) => point),
      ),
  );
  if (!likely || !unlikely) return drawAny(space, random);
  const candidates = Array.from({ length: CANDIDATES }, () => likely.draw(random));
  const chosen = mostPromising(likely, unlikely, candidates).chosen;
  // the others have one value each, which any draw has
  return new Map([...drawAny(space, random), ...chosen]);
}

/** log l − log g of each candidate, and the first of those that have most. */
export function mostPromising(
  likely: Parzen,
  unlikely: Parzen,
  candidates: readonly Point[],
): { scores: number[]; chosen: Point } {
  const scores = candidates.map((point) => likely.logDensity(point) - unlikely.logDensity(point));
  const best = scores.indexOf(Math.max(...scores));
  return { scores, chosen: candidates[Math.max(best, 0)] as Point };
}
