import type { Clock } from '../base/clock.ts';
import { Emitter } from '../base/emitter.ts';
import type { Store } from '../store/index.ts';
import { Adoption } from './adoption/adoption.ts';
import { Experiments } from './experiments/experiments.ts';
import { ExperimentRepository } from './experiments/repository.ts';
import { Facets } from './facets/facets.ts';
import { FacetRepository } from './facets/repository.ts';
import { Family } from './family/family.ts';
import { FamilyRepository } from './family/repository.ts';
import { Inputs } from './inputs/inputs.ts';
import { InputRepository } from './inputs/repository.ts';
import { LoggedModels } from './logged-models/logged-models.ts';
import { LoggedModelRepository } from './logged-models/repository.ts';
import { LoggedModelSearch } from './logged-models/search/repository.ts';
import { FoldedPoints } from './metrics/chunks/folded-points.ts';
import { Folding } from './metrics/chunks/folding.ts';
import { ChunkRepository } from './metrics/chunks/repository.ts';
import { OpenRuns } from './metrics/open-runs.ts';
import { Points } from './metrics/points.ts';
import { MetricRepository } from './metrics/repository.ts';
import { Provenance } from './provenance/provenance.ts';
import { SourceRepository } from './provenance/repository.ts';
import type { TrackingChange } from './records.ts';
import { Removal } from './removal/removal.ts';
import { RemovalRepository } from './removal/repository.ts';
import { RunLog } from './run-log.ts';
import { RunRepository } from './runs/repository.ts';
import { Runs } from './runs/runs.ts';
import { RunSearchRepository } from './search/repository.ts';
import { RunSearch } from './search/run-search.ts';
import { WrittenRunRepository } from './search/written/repository.ts';
import { WrittenRuns } from './search/written/written-runs.ts';
import { Series } from './series.ts';
import { SeveralRuns } from './several/several.ts';
import { RunTableRepository } from './table/repository.ts';
import { RunTable } from './table/run-table.ts';
import { Writer } from './writer.ts';

export type * from './adoption/records.ts';
export type { Kin } from './family/family.ts';
export type * from './inputs/records.ts';
export type * from './logged-models/records.ts';
export type { Columns } from './metrics/chunks/columns.ts';
export { columnsOf, emptyColumns, partOf, pointAt } from './metrics/chunks/columns.ts';
export { ALSO_TAG, FOLD_TAG } from './metrics/open-runs.ts';
export type { Point } from './metrics/order.ts';
export { sample } from './metrics/sampling.ts';
export type { Peer } from './provenance/process/peer.ts';
export type * from './records.ts';
export type { Deleted } from './removal/removal.ts';
export type { SpreadOptions } from './series.ts';
export type { RunTable, RunTableColumns } from './table/run-table.ts';

/** Experiments, their runs and what is logged to them. */
export interface Tracking {
  readonly experiments: Experiments;
  readonly runs: Runs;
  /** to many runs at once */
  readonly several: SeveralRuns;
  /** which stand below which */
  readonly family: Family;
  readonly facets: Facets;
  readonly log: RunLog;
  readonly series: Series;
  readonly table: RunTable;
  /** packs long series behind what is logged */
  readonly folding: Pick<Folding, 'settled'>;
  /** datasets and models that runs take in, models that they give out */
  readonly inputs: Inputs;
  readonly loggedModels: LoggedModels;
  /** what was tracked elsewhere */
  readonly adoption: Adoption;
  /** takes what was deleted away for good */
  readonly removal: Removal;
  /** what ran */
  readonly provenance: Provenance;
  /** told once it is committed */
  readonly changes: Emitter<TrackingChange>;
}

export interface TrackingDeps {
  store: Store;
  clock: Clock;
  /** whose code is noted with each run that begins; without it, none is */
  workspace?: string;
}

export function createTracking({ store, clock, workspace }: TrackingDeps): Tracking {
  const runs = new RunRepository(store.db);
  const experiments = new ExperimentRepository(store.db);
  const metrics = new MetricRepository(store.db);
  const models = new LoggedModelRepository(store.db);
  const inputs = new InputRepository(store.db);
  const family = new FamilyRepository(store.db);
  const chunks = new ChunkRepository(store.db);
  const folded = new FoldedPoints(chunks);
  const openRuns = new OpenRuns(runs, folded);
  const writer = new Writer(store, openRuns);
  const folding = new Folding({ writer, metrics, chunks, openRuns });
  const points = new Points({ metrics, chunks, folded, folding, openRuns });
  const changes = new Emitter<TrackingChange>();
  const written = new WrittenRuns(new WrittenRunRepository(store.db), changes);
  const search = new RunSearch(new RunSearchRepository(store), family, written);
  return {
    experiments: new Experiments({ writer, openRuns, experiments, runs, changes, clock }),
    runs: new Runs({ writer, openRuns, experiments, runs, metrics, search, changes, clock }),
    several: new SeveralRuns({ writer, openRuns, experiments, runs, family, inputs, changes, clock }),
    family: new Family(family),
    facets: new Facets(new FacetRepository(store.db)),
    log: new RunLog({ writer, openRuns, points, runs, models, changes }),
    series: new Series({ metrics, chunks, folding, runs }),
    table: new RunTable(new RunTableRepository(store)),
    folding,
    inputs: new Inputs({ writer, openRuns, inputs, changes }),
    loggedModels: new LoggedModels({
      writer,
      experiments,
      models,
      search: new LoggedModelSearch(store.db),
      changes,
      clock,
    }),
    removal: new Removal(writer, new RemovalRepository(store.db)),
    adoption: new Adoption({ writer, openRuns, experiments, runs, points, inputs, models, changes }),
    provenance: new Provenance({ writer, sources: new SourceRepository(store.db), clock, workspace }),
    changes,
  };
}
