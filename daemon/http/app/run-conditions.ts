import type { Condition } from '../../../schemas/search/index.ts';
import { parseFilter } from '../../../schemas/search/index.ts';
import { ALSO_TAG } from '../../tracking/index.ts';

const WHOLE: Condition = { kind: 'tag', key: ALSO_TAG, op: 'IS NULL', value: null };

/**
 * What is asked of runs, wherever they stand. What a step logs is its pipeline's, too: of the two the pipeline's run is found,
 * unless the filter asks how runs stand together, or `nested` for all.
 */
export function runConditions(filter: string, { nested }: { nested: boolean }): Condition[] {
  const conditions = parseFilter(filter, 'runs');
  const asksForSteps = conditions.some(({ kind, key }) => kind === 'tag' && /^(crisol|mlflow)\./.test(key));
  return nested || asksForSteps ? conditions : [...conditions, WHOLE];
}
