import { prunedStep } from '../../../schemas/pruned.ts';
import { toMetricNumber } from '../../../schemas/wire/common.ts';
import type { LatestMetric, RunDetail, RunSummary } from '../../../schemas/wire/tracking.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import { newId } from '../../base/ids.ts';
import { activeExperiment } from '../experiments/experiments.ts';
import type { ExperimentRepository } from '../experiments/repository.ts';
import type { OpenRuns } from '../metrics/open-runs.ts';
import { runNotFound } from '../metrics/open-runs.ts';
import type { MetricRepository } from '../metrics/repository.ts';
import { fromStored } from '../metrics/values.ts';
import type {
  FoundRuns,
  GroupQuery,
  NewRun,
  RunGroup,
  RunQuery,
  RunRecord,
  RunUpdate,
  TrackingChange,
} from '../records.ts';
import type { RunSearch } from '../search/run-search.ts';
import type { Writer } from '../writer.ts';
import { inventName } from './names.ts';
import type { RunRepository, RunRow } from './repository.ts';

export interface RunsParts {
  writer: Writer;
  openRuns: OpenRuns;
  experiments: ExperimentRepository;
  runs: RunRepository;
  metrics: MetricRepository;
  search: RunSearch;
  changes: Emitter<TrackingChange>;
  clock: Clock;
}

/** Runs from start to end, and lists of them. */
export class Runs {
  private readonly parts: RunsParts;

  constructor(parts: RunsParts) {
    this.parts = parts;
  }

  async start({ experiment_id, name, user, started_at, tags = [] }: NewRun): Promise<RunRecord> {
    const { writer, experiments, runs, clock } = this.parts;
    const run_id = newId();
    await writer.write(() => {
      const runNo = runs.insert({
        run_id,
        experiment_id: activeExperiment(experiments, experiment_id),
        name: name || inventName(),
        state: 'running',
        user: user ?? '',
        started_at: started_at ?? clock.now(),
      });
      for (const tag of tags) runs.tags.set(runNo, tag);
    });
    return this.announced(run_id);
  }

  async update(runId: string, { name, state, ended_at }: RunUpdate): Promise<RunRecord> {
    const { writer, openRuns, runs } = this.parts;
    await writer.write(() => {
      const { run_no } = openRuns.get(runId);
      const before = this.row(runId);
      runs.update(run_no, {
        name: name || before.name,
        state: state ?? before.state,
        ended_at: ended_at ?? before.ended_at,
      });
    });
    return this.announced(runId);
  }

  /** Ends a run now; also one that a person deleted meanwhile, so that it has ended when it comes back. */
  async finish(runId: string, state: 'succeeded' | 'failed' | 'cancelled'): Promise<RunRecord> {
    const { writer, runs, clock } = this.parts;
    await writer.write(() => {
      const { run_no, name } = this.row(runId);
      runs.update(run_no, { name, state, ended_at: clock.now() });
    });
    return this.announced(runId);
  }

  async delete(runId: string): Promise<void> {
    const run = await this.setDeleted(runId, this.parts.clock.now());
    this.parts.changes.emit({ type: 'run-removed', run_id: runId, experiment_id: String(run.experiment_id) });
  }

  async restore(runId: string): Promise<void> {
    await this.setDeleted(runId, null);
    this.announced(runId);
  }

  /** Throws when there is none; a deleted run is still found. */
  get(runId: string): RunRecord {
    return this.detail(this.row(runId));
  }

  find(runId: string): RunRecord | undefined {
    const row = this.parts.runs.find(runId);
    return row && this.detail(row);
  }

  /** Without params and tags; of one that is not deleted. */
  summaryOf(runId: string): RunSummary | undefined {
    const row = this.parts.runs.find(runId);
    return row && row.deleted_at === null ? this.summary(row) : undefined;
  }

  /** Newest first, without params and tags. */
  newest(limit: number): RunSummary[] {
    return this.parts.runs.newest(limit).map((row) => this.summary(row));
  }

  /** Pages of runs by any filter, in any order. */
  search(query: RunQuery): Promise<FoundRuns> {
    return this.parts.search.find(query);
  }

  groups(query: GroupQuery): Promise<RunGroup[]> {
    return this.parts.search.groups(query);
  }

  private setDeleted(runId: string, at: number | null): Promise<RunRow> {
    const { writer, openRuns, runs } = this.parts;
    return writer.write(() => {
      const run = this.row(runId);
      openRuns.forget();
      runs.setDeleted(run.run_no, at);
      return run;
    });
  }

  private announced(runId: string): RunRecord {
    const run = this.get(runId);
    this.parts.changes.emit({ type: 'run', run_id: runId, experiment_id: run.experiment_id });
    return run;
  }

  private row(runId: string): RunRow {
    const row = this.parts.runs.find(runId);
    if (!row) throw runNotFound(runId);
    return row;
  }

  private summary(row: RunRow): RunSummary {
    const { run_id, name, state, started_at, ended_at, user } = row;
    const experiment_id = String(row.experiment_id);
    const facts = { run_id, experiment_id, name, state, started_at, ended_at, user };
    return { ...facts, pruned_step: prunedStep(row.pruned_step), metrics: this.latest(row.run_no) };
  }

  private detail(row: RunRow): RunRecord {
    const { runs } = this.parts;
    const detail: RunDetail = {
      ...this.summary(row),
      experiment_name: row.experiment_name,
      params: runs.params.of(row.run_no),
      tags: runs.tags.of(row.run_no),
    };
    return { ...detail, deleted: row.deleted_at !== null, artifact_location: row.artifact_location };
  }

  private latest(runNo: number): LatestMetric[] {
    return this.parts.metrics.seriesOf(runNo).map(({ key, value, step, timestamp }) => {
      return { key, value: toMetricNumber(fromStored(value)), step, timestamp };
    });
  }
}
