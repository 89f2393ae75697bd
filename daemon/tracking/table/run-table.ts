import { experimentNo, experimentNotFound } from '../experiments/experiments.ts';
import { readPageToken, writePageToken } from '../search/page-token.ts';
import type { DatasetColumns, KeyColumn, MetricColumns, RunColumns, RunTableRepository } from './repository.ts';

/** Runs column by column; lists are JSON already, in the shape they have on the wire. */
export interface RunTableColumns {
  runs: RunColumns;
  artifact_root: string;
  params: KeyColumn[];
  tags: KeyColumn[];
  metrics: MetricColumns[];
  datasets: DatasetColumns | undefined;
  next_page_token: string | undefined;
}

/** All that is shown of many runs at once, for tables. */
export class RunTable {
  private readonly repository: RunTableRepository;

  constructor(repository: RunTableRepository) {
    this.repository = repository;
  }

  /** Newest first. */
  async page(experimentId: string, limit: number, pageToken: string | undefined): Promise<RunTableColumns> {
    const { no, root } = this.experiment(experimentId);
    const { after } = readPageToken(pageToken);
    const runs = await this.repository.page(no, after, limit);
    return this.withKeys(root, runs, runs.count < limit ? undefined : tokenBehind(runs));
  }

  /** Those of them that are there, in any order. */
  async some(experimentId: string, runIds: readonly string[]): Promise<RunTableColumns> {
    const { no, root } = this.experiment(experimentId);
    return this.withKeys(root, await this.repository.some(no, runIds), undefined);
  }

  private experiment(experimentId: string): { no: number; root: string } {
    const no = experimentNo(experimentId);
    const root = this.repository.artifactRoot(no);
    if (root === undefined) throw experimentNotFound(experimentId);
    return { no, root };
  }

  private async withKeys(artifact_root: string, runs: RunColumns, next_page_token: string | undefined) {
    const { repository } = this;
    const [params, tags, metrics, datasets] = await Promise.all([
      repository.keys('params', runs.run_nos),
      repository.keys('tags', runs.run_nos),
      repository.metrics(runs.run_nos),
      repository.datasets(runs.run_nos),
    ]);
    return { runs, artifact_root, params, tags, metrics, datasets, next_page_token };
  }
}

function tokenBehind({ count, last_started_at, last_run_id }: RunColumns): string | undefined {
  if (last_started_at === null || last_run_id === null) return undefined;
  return writePageToken({ offset: count, after: { started_at: last_started_at, run_id: last_run_id } });
}
