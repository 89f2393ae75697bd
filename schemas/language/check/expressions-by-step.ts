import { lastAtOrBefore } from '../positions.ts';
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
  const starts = sorted.map(({ span }) => span[0]);
  const found = new Map<Entry, PlacedExpression[]>();
  for (const expression of expressions) {
    const step = sorted[lastAtOrBefore(starts, expression.base)];
    if (!step || expression.base < step.span[0] || expression.base >= step.span[1]) continue;
    const own = found.get(step);
    if (own) own.push(expression);
    else found.set(step, [expression]);
  }
  return found;
}
