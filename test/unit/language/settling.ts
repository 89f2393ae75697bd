import { expect } from 'vitest';
import type { FrozenPlan, Results, StepResult } from '../../../schemas/language/model.ts';
import { parsePipelineFile } from '../../../schemas/language/parse.ts';
import { planOf } from '../../../schemas/language/plan/plan.ts';
import type { PlanContext } from '../../../schemas/language/plan/scope.ts';
import type { Turn } from '../../../schemas/language/plan/settle.ts';
import { settleStep } from '../../../schemas/language/plan/settle.ts';

const open = '$' + '{{';
/** An expression. */
export const x = (expression: string) => `${open} ${expression} }}`;

export const plan = (steps: object, params = {}, context?: PlanContext) =>
  planOf(parsePipelineFile(JSON.stringify({ version: 1, params, steps })).model, context);

/** As it is read again from the store. */
export const kept = (frozen: FrozenPlan): FrozenPlan => JSON.parse(JSON.stringify(frozen));
export const ended = (state: StepResult['state'], metrics = {}): StepResult => ({ state, metrics });
export const GOING: Turn = { cancelled: false };

export function settle(steps: object, name: string, results: Results = {}, turn = GOING, params = {}) {
  const { problems, frozen } = plan(steps, params);
  expect(problems).toEqual([]);
  return settleStep(kept(frozen), name, results, turn);
}

/** What became of it, in one word or sentence. */
export function went(...args: Parameters<typeof settle>): string {
  const settled = settle(...args);
  if ('skip' in settled) return `skip: ${settled.skip}`;
  if ('problem' in settled) return `problem: ${settled.problem}`;
  return settled.step.work.kind === 'run' ? settled.step.work.command : JSON.stringify(settled.step.work.with);
}
