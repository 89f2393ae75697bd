import type { MetricNumber, WorkState } from './common.ts';

/**
 * `GET /experiments/:experiment_id/table?limit&page_token`, newest first, and `?run_ids` of a few: runs column by column, so
 * that tens of thousands of them are written and read in little time. All columns without `at` have a value for each run.
 */
export interface RunTablePage {
  run_ids: string[];
  names: string[];
  states: WorkState[];
  users: string[];
  started_at: number[];
  ended_at: (number | null)[];
  /** below it each run has a folder for its artifacts: `ROOT/RUN/artifacts` */
  artifact_root: string;
  params: TextColumn[];
  tags: TextColumn[];
  metrics: MetricColumn[];
  datasets: DatasetColumn;
  next_page_token?: string;
}

/** Which runs of the page have a value: their places in it. All when missing. */
interface Sparse {
  at?: number[];
}

/** Very long texts are cut off at `TABLE_TEXT_LENGTH`: a table shows their beginning. */
export interface TextColumn extends Sparse {
  key: string;
  values: string[];
}
export const TABLE_TEXT_LENGTH = 500;

/** `long`: the extremes of those runs that logged it more than once; for the others they are the only value. */
export interface MetricColumn extends Sparse {
  key: string;
  last: MetricNumber[];
  step: number[];
  long?: Extremes;
}

/** null while a series has no number */
export interface Extremes {
  at: number[];
  least: (MetricNumber | null)[];
  least_step: (number | null)[];
  greatest: (MetricNumber | null)[];
  greatest_step: (number | null)[];
}

/** A run may have read several. */
export interface DatasetColumn {
  at: number[];
  name: string[];
  digest: string[];
  context: (string | null)[];
}
