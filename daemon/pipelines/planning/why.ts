import type { JsonObject } from '../../../schemas/language/json.ts';
import type { Plan, PlannedStep, Results } from '../../../schemas/language/model.ts';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import type { StepWhy, WhyAnswer } from '../../../schemas/wire/why.ts';
import { CrisolError } from '../../base/errors.ts';
import type { KnownResult, StepCache } from '../cache/index.ts';
import type { Settler } from './settler.ts';

interface Asking {
  plan: Pick<Plan, 'steps' | 'frozen'> & { params: JsonObject };
  cache: Pick<StepCache, 'partsFor' | 'state' | 'last' | 'lockProblem'>;
  settler: Settler;
  /** the newest first */
  runs: readonly PipelineRun[];
}

/** Why a step would run, or would not, with all that it needs as it is now. Of a step with variants each is told. */
export async function whyOf(name: string, { plan, cache, settler, runs }: Asking): Promise<WhyAnswer> {
  const wanted = plan.steps.filter((step) => step.name === name || step.of === name);
  if (wanted.length === 0) throw unknownStep(name, plan.steps);
  const known = plan.steps.map((step) => [step.name, cache.last(step.name)] as const);
  const last = new Map(known);
  const results: Results = Object.fromEntries(
    known.map(([step, result]) => [step, { state: 'succeeded' as const, metrics: result?.metrics ?? {} }]),
  );
  const tell = async ({ name: of }: PlannedStep): Promise<StepWhy> => {
    const newest = last.get(of);
    const told = { name: of, changes: [], last: lastOf(newest), ...notKept(of, newest, runs) };
    const settled = await settler.settle(plan.frozen, of, results);
    if ('skip' in settled) return { ...told, would: 'skip', reason: settled.skip };
    if ('problem' in settled) return { ...told, would: 'fail', reason: settled.problem };
    const parts = await cache.partsFor(settled.step, plan.params);
    const { state, reason, changes } = await cache.state(settled.step, parts);
    return { ...told, would: WOULD[state], reason, changes };
  };
  const steps: StepWhy[] = [];
  for (const step of wanted) steps.push(await tell(step));
  return { steps, lock_problem: cache.lockProblem };
}

const WOULD = { 'up to date': 'nothing', restorable: 'restore', changed: 'run' } as const;

/** One that only crisol.lock knew has no run here. */
const lastOf = (result: KnownResult | undefined): StepWhy['last'] =>
  result && result.runId !== ''
    ? { run_id: result.runId, recorded_at: result.recordedAt, seconds: result.seconds }
    : null;

/** Else nobody would know why a step runs again whose last run went well, and what it is compared with. */
function notKept(name: string, last: KnownResult | undefined, runs: readonly PipelineRun[]): Pick<StepWhy, 'not_kept'> {
  const all = runs.flatMap(({ steps }) => steps.find((step) => step.name === name) ?? []);
  const newest = all.find(({ state }) => state === 'succeeded');
  const { child_run_id, ended_at = null, note } = newest ?? {};
  // of what was cached it is the run that gave the result
  if (child_run_id === undefined || newest?.cached || child_run_id === last?.runId || note === undefined) return {};
  return { not_kept: { run_id: child_run_id, ended_at, reason: note } };
}

function unknownStep(name: string, steps: readonly PlannedStep[]): CrisolError {
  const names = [...new Set(steps.map(({ of }) => of))].join(', ');
  return new CrisolError('PIPELINE_STEP_UNKNOWN', `There is no step "${name}"; there are: ${names || 'none'}.`);
}
