import type { Connection } from '../../schemas/panels/common.ts';
import type { ToTablePanel } from '../../schemas/panels/table.ts';
import type { ErrorBody } from '../../schemas/wire/common.ts';
import type { Experiment } from '../../schemas/wire/tracking.ts';
import { Curves } from './curves/curves.ts';
import { Runs } from './data/runs.ts';

export interface TableState {
  connection: Connection;
  problem: ErrorBody | null;
  /** undefined until it was heard of; null when it does not exist */
  experiment: Experiment | null | undefined;
  /** its rows change in place: `version` counts up then */
  runs: Runs;
  version: number;
  /** what is read again, while the rows of before are shown */
  next: Runs | null;
  loading: boolean;
  /** what a person asked for elsewhere: another object each time */
  wanted: { filter: string } | null;
  /** they change in place, too */
  curves: Curves;
  curvesVersion: number;
}

export function noTable(): TableState {
  return {
    connection: 'connected',
    problem: null,
    experiment: undefined,
    runs: new Runs(),
    version: 0,
    next: null,
    loading: true,
    wanted: null,
    curves: new Curves(),
    curvesVersion: 0,
  };
}

export function reduce(state: TableState, message: ToTablePanel): TableState {
  switch (message.type) {
    case 'connection':
      state.curves.askAgain();
      return { ...state, connection: message.connection, curvesVersion: state.curvesVersion + 1 };
    case 'problem':
      return { ...state, problem: message.problem };
    case 'table/experiment':
      return { ...state, experiment: message.experiment };
    case 'table/filter':
      return { ...state, wanted: { filter: message.filter } };
    case 'table/begin':
      state.curves.askAgain();
      // the rows of before stay until all is there: nobody loses their place
      return { ...state, next: state.runs.count > 0 ? new Runs() : null, loading: true };
    case 'table/page':
      (state.next ?? state.runs).put(message.page);
      state.curves.changed(message.page.run_ids);
      return state.next ? state : changed(state);
    case 'table/end':
      return { ...changed(state), runs: state.next ?? state.runs, next: null, loading: false };
    case 'table/runs':
      (state.next ?? state.runs).put(message.page);
      state.curves.changed(message.page.run_ids);
      return changed(state);
    case 'table/removed':
      for (const runs of [state.runs, state.next]) runs?.remove(message.run_ids);
      return changed(state);
    case 'table/curves':
      state.curves.put(message.runs);
      return { ...state, curvesVersion: state.curvesVersion + 1 };
  }
}

function changed(state: TableState): TableState {
  return { ...state, version: state.version + 1 };
}
