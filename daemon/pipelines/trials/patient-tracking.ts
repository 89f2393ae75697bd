import { patiently } from '../../store/index.ts';
import type { PipelineDeps } from '../ports.ts';
import type { TrialTracking } from './ports.ts';

/** However full the disk is, it waits until there is room. */
export function patientTracking({ trials, clock }: PipelineDeps): TrialTracking {
  return {
    startSweep: (sweep) => patiently(clock, () => trials.startSweep(sweep)),
    startTrial: (trial) => patiently(clock, () => trials.startTrial(trial)),
    reopen: (runId) => patiently(clock, () => trials.reopen(runId)),
    log: (runId, metrics) => patiently(clock, () => trials.log(runId, metrics)),
    prune: (runId, step) => patiently(clock, () => trials.prune(runId, step)),
    finishWhole: (runId, state) => patiently(clock, () => trials.finishWhole(runId, state)),
    follow: (runId, metric, listener) => trials.follow(runId, metric, listener),
  };
}
