import type { Condition } from '../../../schemas/search/index.ts';
import { parseFilter } from '../../../schemas/search/index.ts';
import { ALSO_TAG } from '../../tracking/index.ts';

const WHOLE: Condition = { kind: 'tag', key: ALSO_TAG, op: 'IS NULL', value: null };

/**
 * What a filter asks of runs. What a step logs is its pipeline's, too: of the two the pipeline's run is found, unless the filter
 * asks how runs stand together.
 */
export function runConditions(filter: string): Condition[] {
  const conditions = parseFilter(filter, 'runs');
  const asksForSteps = conditions.some(({ kind, key }) => kind === 'tag' && /^(crisol|mlflow)\./.test(key));
  return conditions.length === 0 || asksForSteps ? conditions : [...conditions, WHOLE];
}
