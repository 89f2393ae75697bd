import { expect, test } from 'vitest';
import { HALVING_DEFAULTS } from '../../../../daemon/sweeps/pruners/halving.ts';
import { MEDIAN_DEFAULTS } from '../../../../daemon/sweeps/pruners/percentile.ts';
import type { PrunerSettings } from '../../../../daemon/sweeps/pruners/settings.ts';
import { Pruner } from '../../../../daemon/sweeps/pruners/settings.ts';
import type { Trial } from '../../../../daemon/sweeps/study/trial.ts';
import { asNumber, casesOf } from '../../../support/vectors.ts';

type Event = [trial: number, step: number, value: unknown];

function settingsOf(params: Record<string, unknown>): PrunerSettings {
  const number = (key: string) => Number(params[key]);
  const pace = () => ({ warmup: number('n_warmup_steps'), every: number('interval_steps') });
  switch (params.pruner) {
    case 'successive_halving':
      return {
        ...HALVING_DEFAULTS,
        kind: 'asha',
        minResource: params.min_resource === 'auto' ? null : number('min_resource'),
        reduction: number('reduction_factor'),
        skippedRungs: number('min_early_stopping_rate'),
        bootstrap: number('bootstrap_count'),
      };
    case 'median':
      return { ...MEDIAN_DEFAULTS, kind: 'percentile', ...pace(), startup: number('n_startup_trials') };
    case 'percentile':
      return { kind: 'percentile', ...pace(), startup: number('n_startup_trials'), keep: number('percentile') };
    case 'threshold':
      return { kind: 'threshold', ...pace(), lower: number('lower'), upper: number('upper') };
    default:
      return { kind: 'patience', patience: number('patience'), minDelta: number('min_delta') };
  }
}

/** A trial is complete after its last report, unless it was ended then. */
function answers(pruner: Pruner, direction: 'minimize' | 'maximize', events: Event[]): boolean[] {
  const trials: Trial[] = [];
  const lastEvent = new Map(events.map(([number], index) => [number, index]));
  return events.map(([number, step, value], index) => {
    let trial = trials.find((one) => one.number === number);
    if (!trial) {
      trial = { number, point: new Map(), state: 'running', value: null, points: new Map(), lastStep: null, rungs: [] };
      trials.push(trial);
    }
    trial.points.set(step, asNumber(value));
    trial.lastStep = Math.max(step, trial.lastStep ?? step);
    const pruned = pruner.prunes({ trial, trials, direction });
    if (pruned) trial.state = 'pruned';
    else if (lastEvent.get(number) === index) trial.state = 'complete';
    return pruned;
  });
}

test.for(casesOf('sweep-pruners').map((one) => [one.name, one] as const))(
  'trials are ended where the reference ends them: %s',
  ([, { input, params, expected }]) => {
    const got = answers(new Pruner(settingsOf(params)), input.direction as 'minimize', input.events as Event[]);
    expect(got).toEqual(expected.prune);
  },
);
