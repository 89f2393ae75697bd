import type { Experiment, RunDetail } from '../../../schemas/wire/tracking.ts';
import type { ExperimentRecord, RunRecord } from '../../tracking/index.ts';

/** What the wire does not know of them stays here. */
export function toRun({ deleted: _, artifact_location: __, ...run }: RunRecord): RunDetail {
  return run;
}

export function toExperiment(record: ExperimentRecord): Experiment {
  const { artifact_location: _, created_at: __, deleted: ___, ...experiment } = record;
  return experiment;
}
