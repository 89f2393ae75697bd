import type { JsonObject } from '../json.ts';
import type { FrozenPlan } from '../model.ts';

/** A plan that was kept with `keep`, whose step is settled with other params. */
export function withParams(frozen: FrozenPlan, step: string, params: JsonObject): FrozenPlan {
  if (!frozen.source) throw new Error('the plan was not made with what its step is made of');
  const steps = frozen.steps.map((one) => (one.of === step ? { ...one, late: true } : one));
  return { steps, source: { ...frozen.source, params } };
}
