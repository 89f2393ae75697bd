import type { Condition } from '../../../schemas/search/index.ts';
import { parseFilter } from '../../../schemas/search/index.ts';
import { ALSO_TAG, FOLD_TAG } from '../../tracking/index.ts';

const WHOLE = [ALSO_TAG, FOLD_TAG].map((key): Condition => ({ kind: 'tag', key, op: 'IS NULL', value: null }));

/**
 * What is asked of runs, wherever they stand. What a step logs is its pipeline's, too, and of folds the step has the means: of these the run above is found,
 * unless the filter asks how runs stand together, or `nested` for all.
 */
export function runConditions(filter: string, { nested }: { nested: boolean }): Condition[] {
  const conditions = parseFilter(filter, 'runs');
  const asksForSteps = conditions.some(({ kind, key }) => kind === 'tag' && /^(crisol|mlflow)\./.test(key));
  return nested || asksForSteps ? conditions : [...conditions, ...WHOLE];
}
