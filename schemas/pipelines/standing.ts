import type { WorkState } from '../wire/common.ts';
import type { PipelineRun, PlannedNode, StepRun } from '../wire/pipelines.ts';
import type { CriticalPath } from './critical-path.ts';
import { criticalPath } from './critical-path.ts';

/** A step as it stands: what crisol.yaml says of it now, and what became of it. */
export interface StandingStep {
  name: string;
  /** the step of crisol.yaml; its own name where it has no variants */
  of: string;
  needs: readonly string[];
  /** what became of it the last time; absent before that */
  last?: StepRun;
  /** when that was; the newest run may have left it out */
  lastIn?: PipelineRun;
  /** absent where crisol.yaml no longer has it */
  planned?: PlannedNode;
}

/** The steps of crisol.yaml, each as it last went; while that has none to tell, those of the newest run. */
export function standingSteps(plan: readonly PlannedNode[], runs: readonly PipelineRun[]): StandingStep[] {
  const newestFirst = [...runs].sort((one, other) => other.started_at - one.started_at);
  const [newest] = newestFirst;
  if (plan.length === 0) return newest ? stepsOfRun(newest, plan) : [];
  const taken = newestFirst.map((run) => ({ run, steps: byName(run) }));
  return plan.map((planned) => {
    const { name, needs, of = name } = planned;
    const found = taken.find(({ run, steps }) => {
      const step = steps.get(name);
      return step && (run === newest || step.started_at !== null);
    });
    return { name, of, needs, planned, last: found?.steps.get(name), lastIn: found?.run };
  });
}

/** The steps of one run; what runs before they kept it did not say is taken from the plan of now. */
export function stepsOfRun(run: PipelineRun, plan: readonly PlannedNode[]): StandingStep[] {
  const planned = new Map(plan.map((info) => [info.name, info]));
  const there = byName(run);
  return run.steps.map((last) => {
    const { name } = last;
    const info = planned.get(name);
    const needs = (last.needs ?? info?.needs ?? []).filter((need) => there.has(need));
    return { name, of: last.of ?? info?.of ?? name, needs, last, lastIn: run, planned: info };
  });
}

const known = new WeakMap<PipelineRun, ReadonlyMap<string, StepRun>>();

/** A run is never changed: each piece of news is another object. */
export function byName(run: PipelineRun): ReadonlyMap<string, StepRun> {
  const made = known.get(run) ?? new Map(run.steps.map((step) => [step.name, step]));
  known.set(run, made);
  return made;
}

const knownVariants = new WeakMap<PipelineRun, ReadonlyMap<string, StepRun[]>>();

/** What became of a step's variants in a run; of a step without any it is one. */
export function variantsIn(run: PipelineRun, step: string): readonly StepRun[] {
  const made = knownVariants.get(run) ?? Map.groupBy(run.steps, ({ name, of = name }) => of);
  knownVariants.set(run, made);
  return made.get(step) ?? [];
}

export function byNameOf(steps: readonly StandingStep[]): ReadonlyMap<string, StandingStep> {
  return new Map(steps.map((step) => [step.name, step]));
}

export function isUnderWay(state: WorkState | undefined): boolean {
  return state === 'pending' || state === 'running';
}

/** How long it took, or has taken so far; null where it has not begun. */
export function stepLasted({ state, seconds, started_at }: StepRun, now: number): number | null {
  if (seconds !== null) return seconds * 1000;
  return state === 'running' && started_at !== null ? Math.max(0, now - started_at) : null;
}

/** The steps of crisol.yaml that it waits for right now. */
export function waitedFor(step: StandingStep, byStep: ReadonlyMap<string, StandingStep>): string[] {
  if (step.last?.state !== 'pending') return [];
  const open = step.needs.flatMap((need) => byStep.get(need) ?? []).filter(({ last }) => isUnderWay(last?.state));
  return [...new Set(open.map(({ of }) => of))];
}

/** What a variant is called among its like: `3, gbdt` of `train (3, gbdt)`. */
export function variantLabel({ name, of }: Pick<StandingStep, 'name' | 'of'>): string {
  return name.startsWith(`${of} (`) ? name.slice(of.length + 2).replace(/[)](?=(#\d+)?$)/, '') : name;
}

/** The chain of a run's steps that took longest, as far as is known now. */
export function criticalPathOf(
  steps: readonly StandingStep[],
  run: PipelineRun | undefined,
  now: number,
): CriticalPath | null {
  const timed = steps.map(({ name, needs, last, lastIn }) => ({
    name,
    needs,
    ms: last && lastIn === run ? (stepLasted(last, now) ?? 0) : 0,
  }));
  const path = criticalPath(timed);
  // one step alone is no chain
  return path && path.names.length > 1 ? path : null;
}
