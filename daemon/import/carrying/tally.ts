import type { ImportTally } from '../../../schemas/wire/import.ts';

export function newTally(): ImportTally {
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
