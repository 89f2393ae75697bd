import type { JsonObject } from '../../../schemas/language/json.ts';
import type { PlannedStep, Results } from '../../../schemas/language/model.ts';
import { withParam } from '../../../schemas/language/params.ts';
import { withParams } from '../../../schemas/language/plan/vary.ts';
import { CrisolError } from '../../base/errors.ts';
import type { StepCache } from '../cache/index.ts';
import type { Settler } from '../planning/settler.ts';
import type { RunPlan } from '../runs/repository.ts';
import type { Ground } from './ports.ts';

/** The plan of a sweep with the params of one trial. */
export function planWith({ step, plan }: Ground, values: JsonObject): RunPlan {
  const params = Object.entries(values).reduce((all, [name, value]) => withParam(all, name, value), plan.params);
  return { ...plan, params, frozen: withParams(plan.frozen, step, params) };
}

interface Known {
  cache: Pick<StepCache, 'last'>;
  settler: Pick<Settler, 'settle'>;
}

/** The step that is tried, with all values in it. What others have given is taken as it is. Throws in words when it would not run. */
export async function settleTried(
  { step, plan }: Ground,
  { frozen }: RunPlan,
  { cache, settler }: Known,
): Promise<PlannedStep> {
  const others = plan.steps.filter(({ of }) => of !== step).map(({ name }) => name);
  const results: Results = Object.fromEntries(
    others.map((name) => [name, { state: 'succeeded', metrics: cache.last(name)?.metrics ?? {} }]),
  );
  const settled = await settler.settle(frozen, step, results);
  if ('step' in settled) return settled.step;
  const why = 'skip' in settled ? `${step} would not run: ${settled.skip}.` : settled.problem;
  throw new CrisolError('SWEEP_NOT_BEGUN', why);
}
