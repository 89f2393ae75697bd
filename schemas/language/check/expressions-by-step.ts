import type { Entry } from '../syntax/tree.ts';
import type { PlacedExpression } from './placed-expressions.ts';

/**
 * The expressions that stand in each step. What a step inherits stands elsewhere and may serve several: it belongs to none.
 */
export function expressionsByStep(
  steps: readonly Entry[],
  expressions: readonly PlacedExpression[],
): Map<Entry, PlacedExpression[]> {
  const sorted = steps.filter(({ inherited }) => !inherited).toSorted((a, b) => a.span[0] - b.span[0]);
  const found = new Map<Entry, PlacedExpression[]>();
  for (const expression of expressions) {
    const step = lastBefore(sorted, expression.base);
    if (!step || expression.base >= step.span[1]) continue;
    const own = found.get(step);
    if (own) own.push(expression);
    else found.set(step, [expression]);
  }
  return found;
}

function lastBefore(sorted: readonly Entry[], offset: number): Entry | undefined {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.span[0] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return sorted[low - 1];
}
