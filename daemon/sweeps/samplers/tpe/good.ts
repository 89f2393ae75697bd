import type { Goal } from '../../../../schemas/language/values/goal.ts';
import type { Trial } from '../../study/trial.ts';

export interface Split {
  good: Trial[];
  bad: Trial[];
}

const SHARE = 0.1;
const MOST = 25;

/** How many of the finished trials count as good ones. */
export const goodOf = (finished: number): number => Math.min(Math.ceil(SHARE * finished), MOST);

/**
 * Complete trials by their value come first, then those that were ended early: the later the better, then by the value they
 * had. Running ones always are bad, so that others try something else meanwhile. Both in the order of their numbers.
 */
export function splitTrials(trials: readonly Trial[], direction: Goal['direction']): Split {
  const sign = direction === 'minimize' ? 1 : -1;
  const finished = trials.filter(({ state }) => state === 'complete' || state === 'pruned');
  const ranked = finished
    .map((trial) => ({ trial, rank: rankOf(trial, sign) }))
    .sort((a, b) => compare(a.rank, b.rank) || a.trial.number - b.trial.number);
  const good = new Set(ranked.slice(0, goodOf(finished.length)).map(({ trial }) => trial));
  const known = trials
    .filter(({ state }) => state !== 'failed' && state !== 'cancelled')
    .sort((a, b) => a.number - b.number);
  return { good: known.filter((trial) => good.has(trial)), bad: known.filter((trial) => !good.has(trial)) };
}

type Rank = [group: number, first: number, second: number];

function rankOf({ state, value, lastStep, points }: Trial, sign: 1 | -1): Rank {
  if (state === 'complete') return [0, sign * (value ?? Number.NaN), 0];
  if (lastStep === null) return [2, 0, 0];
  const last = points.get(lastStep) ?? Number.NaN;
  return [1, -lastStep, Number.isNaN(last) ? Number.POSITIVE_INFINITY : sign * last];
}

const compare = (a: Rank, b: Rank): number => order(a[0], b[0]) || order(a[1], b[1]) || order(a[2], b[2]);

/** Infinities are equal to themselves, which their difference does not say. */
function order(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
