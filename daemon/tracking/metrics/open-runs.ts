import { CrisolError } from '../../base/errors.ts';
import type { RunRepository } from '../runs/repository.ts';
import type { FoldedPoints } from './chunks/folded-points.ts';
import type { Point } from './order.ts';
import type { SeriesState } from './repository.ts';

export interface OpenSeries {
  series_no: number;
  state: SeriesState;
  /** the last point that is folded; what is logged before it is late */
  end: Point | undefined;
  /** how many rows follow it */
  tail: number;
}

export interface OpenRun {
  run_no: number;
  experiment_id: string;
  series: Map<string, OpenSeries>;
  /** the run that what is logged here is also logged to: that of the pipeline whose step this is */
  also: string | undefined;
}

/** On a run: its metrics and params are those of this run, too. */
export const ALSO_TAG = 'crisol.alsoLogsTo';
/** Of the run of a fold, whose metrics are in the means of the run above it. */
export const FOLD_TAG = 'crisol.fold';

const REMEMBERED_RUNS = 500;

/**
 * What logging a point must know of its run, remembered between points: this process is the only writer. Whoever takes
 * writes back, or deletes runs, makes it forget.
 */
export class OpenRuns {
  private readonly known = new Map<string, OpenRun>();
  private readonly series = new Map<number, OpenSeries>();
  private readonly runs: RunRepository;
  private readonly folded: FoldedPoints;

  constructor(runs: RunRepository, folded: FoldedPoints) {
    this.runs = runs;
    this.folded = folded;
  }

  /** Throws when there is no such run, or when it is deleted. */
  get(runId: string): OpenRun {
    return this.known.get(runId) ?? this.open(runId);
  }

  /** The run that also gets what is logged to this one; undefined when there is none any more. */
  alsoOf({ also }: OpenRun): OpenRun | undefined {
    if (also === undefined) return undefined;
    const known = this.known.get(also);
    if (known) return known;
    return this.runs.find(also)?.deleted_at === null ? this.open(also) : undefined;
  }

  remember(run: OpenRun, key: string, series: OpenSeries): OpenSeries {
    run.series.set(key, series);
    this.series.set(series.series_no, series);
    return series;
  }

  /** If it is remembered. */
  seriesNumbered(seriesNo: number): OpenSeries | undefined {
    return this.series.get(seriesNo);
  }

  forget(): void {
    this.known.clear();
    this.series.clear();
    this.folded.forget();
  }

  private open(runId: string): OpenRun {
    const run = this.runs.find(runId);
    if (!run) throw runNotFound(runId);
    if (run.deleted_at !== null) {
      throw new CrisolError(
        'INVALID_PARAMETER_VALUE',
        `The run ${runId} must be in the 'active' state. Current state is deleted.`,
      );
    }
    const { run_no, experiment_id } = run;
    const also = this.runs.tags.get(run_no, ALSO_TAG);
    const open: OpenRun = { run_no, experiment_id: String(experiment_id), series: new Map(), also };
    if (this.known.size >= REMEMBERED_RUNS) this.forgetOldest();
    this.known.set(runId, open);
    return open;
  }

  private forgetOldest(): void {
    const [oldest] = this.known;
    if (!oldest) return;
    const [runId, { series }] = oldest;
    this.known.delete(runId);
    for (const { series_no } of series.values()) this.series.delete(series_no);
  }
}

export function runNotFound(runId: string): CrisolError {
  return new CrisolError('RESOURCE_DOES_NOT_EXIST', `Run with id=${runId} not found`);
}
