import type { Clock } from '../base/clock.ts';
import { Emitter } from '../base/emitter.ts';
import type { Store } from '../store/index.ts';
import { Experiments } from './experiments/experiments.ts';
import { ExperimentRepository } from './experiments/repository.ts';
import { Inputs } from './inputs/inputs.ts';
import { InputRepository } from './inputs/repository.ts';
import { LoggedModels } from './logged-models/logged-models.ts';
import { LoggedModelRepository } from './logged-models/repository.ts';
import { LoggedModelSearch } from './logged-models/search/repository.ts';
import { OpenRuns } from './metrics/open-runs.ts';
import { Points } from './metrics/points.ts';
import { MetricRepository } from './metrics/repository.ts';
import type { TrackingChange } from './records.ts';
import { RunLog } from './run-log.ts';
import { RunRepository } from './runs/repository.ts';
import { Runs } from './runs/runs.ts';
import { Series } from './series.ts';
import { Writer } from './writer.ts';

export type * from './inputs/records.ts';
export type * from './logged-models/records.ts';
export { sample } from './metrics/sampling.ts';
export type * from './records.ts';

/** Experiments, their runs and what is logged to them. */
export interface Tracking {
  readonly experiments: Experiments;
  readonly runs: Runs;
  readonly log: RunLog;
  readonly series: Series;
  /** datasets and models that runs take in, models that they give out */
  readonly inputs: Inputs;
  readonly loggedModels: LoggedModels;
  /** told once it is committed */
  readonly changes: Emitter<TrackingChange>;
}

export function createTracking({ store, clock }: { store: Store; clock: Clock }): Tracking {
  const runs = new RunRepository(store.db);
  const experiments = new ExperimentRepository(store.db);
  const metrics = new MetricRepository(store.db);
  const models = new LoggedModelRepository(store.db);
  const openRuns = new OpenRuns(runs);
  const writer = new Writer(store, openRuns);
  const changes = new Emitter<TrackingChange>();
  return {
    experiments: new Experiments({ writer, openRuns, experiments, runs, changes, clock }),
    runs: new Runs({ writer, openRuns, experiments, runs, metrics, changes, clock }),
    log: new RunLog({ writer, openRuns, points: new Points(metrics), runs, models, changes }),
    series: new Series(store, metrics, runs),
    inputs: new Inputs({ writer, openRuns, inputs: new InputRepository(store.db), changes }),
    loggedModels: new LoggedModels({
      writer,
      experiments,
      models,
      search: new LoggedModelSearch(store.db),
      changes,
      clock,
    }),
    changes,
  };
}
