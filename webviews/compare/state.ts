import type { Connection } from '../../schemas/panels/common.ts';
import type { CloseUp, ComparedRun, RunOrigin, ToComparePanel } from '../../schemas/panels/compare.ts';
import { addToAll } from '../../schemas/panels/series.ts';
import type { ErrorBody } from '../../schemas/wire/common.ts';
import type { MetricSeries } from '../../schemas/wire/tracking.ts';

export type DetailedPart = CloseUp & { series: MetricSeries[] };

export interface CompareState {
  connection: Connection;
  problem: ErrorBody | null;
  /** in the order in which they were chosen */
  runs: ReadonlyMap<string, ComparedRun>;
  total: number;
  /** finer samples of what is zoomed to, by run */
  closeUps: { ask: number; parts: ReadonlyMap<string, DetailedPart> };
  origins: ReadonlyMap<string, RunOrigin>;
}

export const NOTHING_YET: CompareState = {
  connection: 'connected',
  problem: null,
  runs: new Map(),
  total: 0,
  closeUps: { ask: 0, parts: new Map() },
  origins: new Map(),
};

export function reduce(state: CompareState, message: ToComparePanel): CompareState {
  switch (message.type) {
    case 'connection':
      return { ...state, connection: message.connection };
    case 'problem':
      return { ...state, problem: message.problem };
    case 'compare/runs':
      return { ...state, total: message.total, runs: withRuns(state.runs, message.runs) };
    case 'compare/points':
      return {
        ...state,
        runs: withRuns(
          state.runs,
          message.points.flatMap((news) => grown(state.runs, news)),
        ),
      };
    case 'compare/close-ups':
      if (message.ask < state.closeUps.ask) return state;
      return {
        ...state,
        closeUps: { ask: message.ask, parts: new Map(message.parts.map((part) => [part.run_id, part])) },
      };
    case 'compare/origin':
      return { ...state, origins: new Map(state.origins).set(message.origin.run_id, message.origin) };
  }
}

type News = Extract<ToComparePanel, { type: 'compare/points' }>['points'][number];

function grown(runs: CompareState['runs'], { run_id, series }: News): ComparedRun[] {
  const before = runs.get(run_id);
  return before ? [{ ...before, series: addToAll(before.series, series) }] : [];
}

function withRuns(before: CompareState['runs'], changed: ComparedRun[]): CompareState['runs'] {
  const runs = new Map(before);
  for (const run of changed) runs.set(run.run_id, run);
  return runs;
}
