import type { RunSummary } from '../../../schemas/wire/tracking.ts';
import type { FoundRuns, Kin, Tracking, WrittenRun } from '../../tracking/index.ts';

/** A RunList, written by hand: the metrics of thousands of runs are JSON already. */
export function* runListTexts(
  { pieces, next_page_token, count }: FoundRuns,
  family: Tracking['family'],
): Generator<string> {
  let start = '{"runs":[';
  for (const piece of pieces()) {
    if (piece.length === 0) continue;
    const kin = family.ofRuns(piece.map(({ run_id }) => run_id));
    yield start + piece.map((run) => summaryText(run, kin.get(run.run_id))).join();
    start = ',';
  }
  const rest = JSON.stringify({ next_page_token, count }).slice(1);
  yield `${start === ',' ? '' : start}]${rest === '}' ? '' : ','}${rest}`;
}

function summaryText(run: WrittenRun, kin: Kin | undefined): string {
  const { run_id, experiment_id, name, state, started_at, ended_at, user, pruned_step } = run;
  const times = { started_at, ended_at };
  const facts: Omit<RunSummary, 'metrics'> = {
    run_id,
    experiment_id,
    name,
    state,
    ...times,
    user,
    pruned_step,
    ...kin,
  };
  return `${JSON.stringify(facts).slice(0, -1)},"metrics":${run.metrics}}`;
}
