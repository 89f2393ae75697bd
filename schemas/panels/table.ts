import type { RunCurves } from '../wire/run-curves.ts';
import type { RunTablePage } from '../wire/run-table.ts';
import type { Experiment } from '../wire/tracking.ts';
import type { AnyFromPanel, AnyToPanel } from './common.ts';

/** All runs of one experiment. */
export interface TableSubject {
  experiment_id: string;
}

/**
 * After `begin` everything is told anew, page by page, until `end`. `runs` are new or changed; what a page says of a run is
 * all there is of it. `experiment` is null when there is none any more.
 */
export type ToTablePanel =
  | AnyToPanel
  | { type: 'table/experiment'; experiment: Experiment | null }
  /** a person asked for these runs only */
  | { type: 'table/filter'; filter: string }
  | { type: 'table/begin' }
  | { type: 'table/page'; page: RunTablePage }
  | { type: 'table/end' }
  | { type: 'table/runs'; page: RunTablePage }
  | { type: 'table/removed'; run_ids: string[] }
  | { type: 'table/curves'; runs: RunCurves[] };

export type FromTablePanel =
  | AnyFromPanel
  | { type: 'table/open'; run_id: string }
  | { type: 'table/compare'; run_ids: string[] }
  /** those that are seen; answered once, if at all */
  | { type: 'table/curves'; run_ids: string[]; keys: string[] }
  | { type: 'table/save'; name: string; text: string };
