import { CrisolError } from '../../base/errors.ts';
import type { RunRepository } from '../runs/repository.ts';
import type { SeriesState } from './repository.ts';

export interface OpenSeries {
  series_no: number;
  state: SeriesState;
}

export interface OpenRun {
  run_no: number;
  experiment_id: string;
  series: Map<string, OpenSeries>;
}

const REMEMBERED_RUNS = 500;

/**
 * What logging a point must know of its run, remembered between points: this process is the only writer. Whoever takes
 * writes back, or deletes runs, makes it forget.
 */
export class OpenRuns {
  private readonly known = new Map<string, OpenRun>();
  private readonly runs: RunRepository;

  constructor(runs: RunRepository) {
    this.runs = runs;
  }

  /** Throws when there is no such run, or when it is deleted. */
  get(runId: string): OpenRun {
    return this.known.get(runId) ?? this.open(runId);
  }

  forget(): void {
    this.known.clear();
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
    const open: OpenRun = { run_no: run.run_no, experiment_id: String(run.experiment_id), series: new Map() };
    if (this.known.size >= REMEMBERED_RUNS) this.forget();
    this.known.set(runId, open);
    return open;
  }
}

export function runNotFound(runId: string): CrisolError {
  return new CrisolError('RESOURCE_DOES_NOT_EXIST', `Run with id=${runId} not found`);
}
