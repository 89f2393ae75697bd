import { Value } from 'typebox/value';
import type { WrittenSweep } from '../../schemas/language/grammar/sweeps.ts';
import { MOST_TRIALS, Sweep } from '../../schemas/language/grammar/sweeps.ts';
import type { JsonObject } from '../../schemas/language/json.ts';
import { parseGoal } from '../../schemas/language/values/goal.ts';
import { HALVING_DEFAULTS } from './pruners/halving.ts';
import { PATIENCE_DEFAULTS } from './pruners/patience.ts';
import { MEDIAN_DEFAULTS } from './pruners/percentile.ts';
import type { PrunerSettings } from './pruners/settings.ts';
import { THRESHOLD_DEFAULTS } from './pruners/threshold.ts';
import { gridSize } from './samplers/grid.ts';
import { readSpace, refused } from './space/read.ts';
import type { StudySettings } from './study/study.ts';

export interface SweepPlan extends StudySettings {
  step: string;
  metric: string;
  /** how many trials run at the same time */
  parallel: number;
}

/** What crisol.yaml says of a sweep, with what it leaves open. `seed` is taken where it names none. */
export function readSweep(name: string, written: JsonObject, seed: number): SweepPlan {
  if (!Value.Check(Sweep, written))
    throw refused(`The sweep "${name}" has mistakes: \`crisol lint\` shows each of them.`);
  const sweep = written as WrittenSweep;
  const goal = parseGoal(sweep.goal);
  if (!goal) throw refused(`\`${sweep.goal}\` is no goal: write \`maximize METRIC\` or \`minimize METRIC\`.`);
  const plan: SweepPlan = {
    step: sweep.step,
    metric: goal.metric,
    direction: goal.direction,
    space: readSpace(sweep.space as JsonObject),
    sampler: sweep.sampler ?? 'tpe',
    pruner: readPruner(sweep),
    trials: sweep.trials ?? null,
    parallel: sweep.parallel ?? 1,
    seed: sweep.seed ?? seed,
  };
  return withEnd(plan);
}

/** There is no end of numbers without steps. */
function withEnd(plan: SweepPlan): SweepPlan {
  const { space, sampler, trials } = plan;
  if (gridSize(space) < Number.POSITIVE_INFINITY) return plan;
  if (sampler !== 'grid') return { ...plan, trials: trials ?? MOST_TRIALS };
  throw refused(`A grid needs values that can be listed: give \`${unsteppedOf(space)}\` a \`step\` or \`choice\`.`);
}

const unsteppedOf = (space: StudySettings['space']): string =>
  [...space].find(
    ([, dimension]) => dimension.type === 'float' && dimension.step === null && dimension.low < dimension.high,
  )?.[0] ?? '';

function readPruner({ pruner = 'none', pruning = {} }: WrittenSweep): PrunerSettings {
  const { warmup = 0, every = 1, startup = MEDIAN_DEFAULTS.startup } = pruning;
  const pace = { warmup, every };
  switch (pruner) {
    case 'asha':
      return {
        ...HALVING_DEFAULTS,
        kind: 'asha',
        minResource: pruning.first ?? HALVING_DEFAULTS.minResource,
        reduction: pruning.reduction ?? HALVING_DEFAULTS.reduction,
      };
    case 'median':
      return { kind: 'percentile', ...pace, startup, keep: MEDIAN_DEFAULTS.keep };
    case 'percentile':
      return { kind: 'percentile', ...pace, startup, keep: pruning.keep ?? MEDIAN_DEFAULTS.keep };
    case 'threshold':
      return {
        kind: 'threshold',
        ...pace,
        lower: pruning.lower ?? THRESHOLD_DEFAULTS.lower,
        upper: pruning.upper ?? THRESHOLD_DEFAULTS.upper,
      };
    case 'patience':
      return {
        kind: 'patience',
        patience: pruning.patience ?? PATIENCE_DEFAULTS.patience,
        minDelta: pruning.min_delta ?? PATIENCE_DEFAULTS.minDelta,
      };
    default:
      return { kind: 'none' };
  }
}
