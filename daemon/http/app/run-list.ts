import type { RunSummary } from '../../../schemas/wire/tracking.ts';
import type { FoundRuns, WrittenRun } from '../../tracking/index.ts';

/** A RunList, written by hand: the metrics of thousands of runs are JSON already. */
export function* runListTexts({ pieces, next_page_token }: FoundRuns): Generator<string> {
  let start = '{"runs":[';
  for (const piece of pieces()) {
    if (piece.length === 0) continue;
    yield start + piece.map(summaryText).join();
    start = ',';
  }
  const token = next_page_token === undefined ? '' : `,"next_page_token":${JSON.stringify(next_page_token)}`;
  yield `${start === ',' ? '' : start}]${token}}`;
}

function summaryText(run: WrittenRun): string {
  const { run_id, experiment_id, name, state, started_at, ended_at, user } = run;
  const facts: Omit<RunSummary, 'metrics'> = { run_id, experiment_id, name, state, started_at, ended_at, user };
  return `${JSON.stringify(facts).slice(0, -1)},"metrics":${run.metrics}}`;
}
