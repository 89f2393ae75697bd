import type { RunState } from '../../schemas/panels/runs.ts';

export function runName({ run, run_id }: RunState): string {
  return run?.name || run_id.slice(0, 8);
}
