import { RUN_STATUS, STATUS_OF } from '../../../schemas/run-status.ts';
import type { Condition, SearchedRun, Vocabulary } from '../../../schemas/search/index.ts';
import { runFilter } from '../../../schemas/search/index.ts';
import type { Runs } from './runs.ts';

const ATTRIBUTES: Record<string, (runs: Runs, row: number) => number | string | undefined> = {
  run_id: (runs, row) => runs.ids[row],
  run_name: (runs, row) => runs.names.get(row),
  user_id: (runs, row) => runs.users.get(row),
  status: (runs, row) => STATUS_OF[runs.state(row)],
  start_time: (runs, row) => runs.started.get(row),
  end_time: (runs, row) => runs.ended.get(row),
  artifact_uri: (runs, row) => `${runs.artifactRoot}/${runs.ids[row]}/artifacts`,
};

/** The rows for which all conditions hold, in the same order. */
export function filterRows(runs: Runs, rows: Uint32Array, conditions: readonly Condition[]): Uint32Array {
  if (conditions.length === 0) return rows;
  const holds = runFilter(conditions);
  let row = 0;
  // one for all rows: tens of thousands are asked one after the other
  const run: SearchedRun = {
    value: (kind, key) => {
      if (kind === 'attribute') return ATTRIBUTES[key]?.(runs, row);
      if (kind === 'metric') return runs.metrics.get(key)?.last.get(row);
      return (kind === 'param' ? runs.params : runs.tags).get(key)?.get(row);
    },
    datasets: () => runs.datasetsOf(row).map((dataset) => ({ ...dataset })),
  };
  return rows.filter((one) => {
    row = one;
    return holds(run);
  });
}

const OFFERED_VALUES = 200;

/** What a filter can be completed with. */
export function vocabularyOf(runs: Runs): Vocabulary {
  const keys = { metric: [...runs.metrics.keys()], param: [...runs.params.keys()], tag: [...runs.tags.keys()] };
  return {
    keys,
    values: (kind, key) => {
      if (kind === 'param') return some(runs.params.get(key)?.words);
      if (kind === 'tag') return some(runs.tags.get(key)?.words);
      if (kind !== 'attribute') return [];
      if (key === 'status') return RUN_STATUS;
      if (key === 'user_id') return some(runs.users.words);
      return key === 'run_name' ? some(runs.names.words) : [];
    },
  };
}

function some(words: readonly string[] = []): readonly string[] {
  return words.slice(0, OFFERED_VALUES);
}
