import type { RunState } from '../../schemas/panels/runs.ts';

export function runName({ run, run_id }: RunState): string {
  return run?.name || run_id.slice(0, 8);
}

/** Names that tell the runs apart: two of the same name also show the start of their ids. */
export function distinctNames(runs: RunState[]): string[] {
  const names = runs.map(runName);
  return runs.map((run, at) => {
    const name = names[at] ?? '';
    return names.filter((other) => other === name).length > 1 ? `${name} (${run.run_id.slice(0, 6)})` : name;
  });
}
