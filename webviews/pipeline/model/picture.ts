import type { CriticalPath } from '../../../schemas/pipelines/critical-path.ts';
import type { StepGroup } from '../../../schemas/pipelines/groups.ts';
import { groupsOf } from '../../../schemas/pipelines/groups.ts';
import type { StandingStep } from '../../../schemas/pipelines/standing.ts';
import { byNameOf, criticalPathOf, standingSteps, stepsOfRun } from '../../../schemas/pipelines/standing.ts';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import type { PipelineState } from '../state.ts';

/** What is to be seen: of the pipeline as it stands, or of one of its runs. */
export interface Picture {
  groups: readonly StepGroup[];
  byGroup: ReadonlyMap<string, StepGroup>;
  byStep: ReadonlyMap<string, StandingStep>;
  /** by group, those that wait for it */
  followers: ReadonlyMap<string, readonly string[]>;
  /** the run that is told of */
  run: PipelineRun | undefined;
}

export function pictureOf({ plan, runs }: Pick<PipelineState, 'plan' | 'runs'>, runId: string | null): Picture {
  const chosen = runs.find(({ run_id }) => run_id === runId);
  const planned = plan?.steps ?? [];
  const steps = chosen ? stepsOfRun(chosen, planned) : standingSteps(planned, runs);
  const groups = groupsOf(steps);
  const waits = groups.flatMap(({ name, needs }) => needs.map((need) => ({ need, name })));
  const byNeed = Map.groupBy(waits, ({ need }) => need);
  return {
    groups,
    byGroup: new Map(groups.map((group) => [group.name, group])),
    byStep: byNameOf(steps),
    followers: new Map([...byNeed].map(([need, all]) => [need, all.map(({ name }) => name)])),
    run: chosen ?? runs[0],
  };
}

export interface OnPath {
  path: CriticalPath | null;
  steps: ReadonlySet<string>;
  /** `from→to`, by the names of groups */
  links: ReadonlySet<string>;
}

export function onPath({ byStep, run }: Picture, now: number): OnPath {
  const path = criticalPathOf([...byStep.values()], run, now);
  const groups = (path?.names ?? []).map((name) => byStep.get(name)?.of ?? name);
  return {
    path,
    steps: new Set(path?.names),
    links: new Set(groups.slice(1).map((to, at) => linkKey(groups[at] ?? to, to))),
  };
}

export function linkKey(from: string, to: string): string {
  return `${from}\n${to}`;
}
