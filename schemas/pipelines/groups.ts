import type { WorkState } from '../wire/common.ts';
import type { StepRun } from '../wire/pipelines.ts';
import type { StandingStep } from './standing.ts';
import { stepLasted } from './standing.ts';

/** A step of crisol.yaml with its variants; one that has none stands for itself. */
export interface StepGroup {
  name: string;
  steps: readonly StandingStep[];
  /** names of groups */
  needs: readonly string[];
}

/** In the order in which each first comes. */
export function groupsOf(steps: readonly StandingStep[]): StepGroup[] {
  const groupOf = new Map(steps.map(({ name, of }) => [name, of]));
  return [...Map.groupBy(steps, ({ of }) => of)].map(([name, all]) => {
    const needs = new Set(all.flatMap((step) => step.needs.flatMap((need) => groupOf.get(need) ?? [])));
    needs.delete(name);
    return { name, steps: all, needs: [...needs] };
  });
}

/** Whether it is a step with variants, be it only one. */
export function hasVariants({ name, steps }: StepGroup): boolean {
  return steps.length > 1 || steps[0]?.name !== name;
}

/** What became of its steps the last time. */
export function lastOf({ steps }: StepGroup): StepRun[] {
  return steps.flatMap(({ last }) => last ?? []);
}

export interface GroupStanding {
  /** null where none of them has run */
  state: WorkState | null;
  /** how many of them have ended */
  done: number;
  cached: number;
  failed: number;
}

/** Of those that ran or are to run. */
export function standingOf(steps: readonly StepRun[]): GroupStanding {
  const states = steps.map(({ state }) => state);
  const counted = (...which: WorkState[]) => states.filter((state) => which.includes(state)).length;
  return {
    state: stateOfAll(states),
    done: counted('succeeded', 'failed', 'cancelled', 'skipped'),
    cached: steps.filter((step) => step.cached).length,
    failed: counted('failed'),
  };
}

/** What moves comes first, then what went wrong. */
function stateOfAll(states: readonly WorkState[]): WorkState | null {
  const has = (state: WorkState) => states.includes(state);
  if (has('running')) return 'running';
  // between two of them: some have ended, and others are still to come
  if (has('pending')) return states.every((state) => state === 'pending') ? 'pending' : 'running';
  if (has('failed')) return 'failed';
  if (has('cancelled')) return 'cancelled';
  if (has('succeeded')) return 'succeeded';
  return has('skipped') ? 'skipped' : null;
}

/** From the first that began to the last that ended, or to now; null where none has begun. */
export function groupLasted(steps: readonly StepRun[], now: number): number | null {
  const spans = steps.flatMap((step) => {
    const lasted = stepLasted(step, now);
    return lasted === null ? [] : [{ from: step.started_at, lasted }];
  });
  const began = spans.flatMap(({ from }) => from ?? []);
  if (began.length < spans.length || began.length === 0) return spans[0]?.lasted ?? null;
  const first = Math.min(...began);
  return Math.max(...spans.map(({ from, lasted }) => (from ?? first) + lasted)) - first;
}
