/** What an import has brought so far. */
export interface Tally {
  experiments: number;
  /** of these, how many there were not before */
  new_experiments: number;
  /** how many there are in all */
  runs_total: number;
  /** new ones, and such as the last import had left half-way */
  runs: number;
  /** nothing of them was missing */
  known_runs: number;
  /** they could not be read, or were refused */
  failed_runs: number;
  points: number;
  artifacts: number;
  bytes: number;
  logged_models: number;
  models: number;
  versions: number;
}

export function newTally(): Tally {
  return {
    experiments: 0,
    new_experiments: 0,
    runs_total: 0,
    runs: 0,
    known_runs: 0,
    failed_runs: 0,
    points: 0,
    artifacts: 0,
    bytes: 0,
    logged_models: 0,
    models: 0,
    versions: 0,
  };
}
