import { toMetricNumber } from '../../schemas/wire/common.ts';
import type { SweepSummary, SweepTrial } from '../../schemas/wire/sweeps.ts';
import type { KeptSweep, KeptTrial } from './kept.ts';
import { gridSize } from './samplers/grid.ts';
import type { SweepPlan } from './settings.ts';
import type { Space } from './space/dimension.ts';
import { paramsOf } from './space/read.ts';

export function trialView({ trial, runId, reason, startedAt, endedAt }: KeptTrial, space: Space): SweepTrial {
  const { number, point, state, value } = trial;
  return {
    number,
    state,
    params: paramsOf(space, point),
    value: value === null ? null : toMetricNumber(value),
    run_id: runId,
    started_at: startedAt,
    ended_at: endedAt,
    reason,
  };
}

export function summaryOf(
  { id, name, state, reason, startedAt, endedAt, runId }: KeptSweep,
  { step, direction, metric, trials, parallel, space }: SweepPlan,
  kept: readonly KeptTrial[],
  best: KeptTrial | undefined,
): SweepSummary {
  const most = Math.min(trials ?? Number.POSITIVE_INFINITY, gridSize(space));
  const counts = { running: 0, complete: 0, pruned: 0, failed: 0, cancelled: 0 };
  for (const { trial } of kept) counts[trial.state]++;
  return {
    sweep_id: id,
    name,
    step,
    goal: `${direction} ${metric}`,
    state,
    reason,
    started_at: startedAt,
    ended_at: endedAt,
    trials: Number.isFinite(most) ? most : null,
    parallel,
    run_id: runId,
    counts,
    best: best ? trialView(best, space) : null,
  };
}
