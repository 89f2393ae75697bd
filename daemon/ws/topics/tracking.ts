import type { Snapshot, Topic } from '../../../schemas/wire/events.ts';
import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';
import type { Tracking, TrackingChange } from '../../tracking/index.ts';
import type { Hub } from '../hub.ts';
import { Coalescer } from './coalescer.ts';
import { PointBuffer } from './point-buffer.ts';
import { toExperiment, toLoggedModel, toRunDetail } from './tracking-shapes.ts';

const RUNS_IN_SNAPSHOT = 200;
const POINTS_IN_SNAPSHOT = 2000;
/** Some megabytes: a run of a thousand metrics is a few points each, until somebody asks for more of one. */
const POINTS_OF_ALL_SERIES = 100_000;

export interface TrackingTopicsParts {
  hub: Hub;
  tracking: Tracking;
  clock: Clock;
}

/**
 * Topics `tracking` (experiments and runs, without params) and `run:ID` (one run whole, and its points). A burst of changes
 * becomes one event a run and topic.
 */
export function trackingTopics(parts: TrackingTopicsParts): Disposable {
  return new TrackingTopics(parts);
}

class TrackingTopics implements Disposable {
  private readonly experiments = new Set<string>();
  /** changed in more than their points */
  private readonly runs = new Set<string>();
  private readonly removed = new Set<string>();
  /** of what changed or was removed */
  private readonly parents = new Set<string>();
  private readonly models = new Set<string>();
  private readonly points = new PointBuffer();
  private readonly burst: Coalescer;
  private readonly listening: Disposable;
  private readonly hub: Hub;
  private readonly tracking: Tracking;

  constructor({ hub, tracking, clock }: TrackingTopicsParts) {
    this.hub = hub;
    this.tracking = tracking;
    this.burst = new Coalescer(clock, () => this.publish());
    this.listening = tracking.changes.on((change) => this.note(change));
    hub.provide('tracking', () => this.overview());
    hub.provide('run', (topic) => this.runSnapshot(topic));
  }

  dispose(): void {
    void this.listening.dispose();
    this.burst.dispose();
  }

  private note(change: TrackingChange): void {
    this.burst.changed();
    if (change.type === 'points') {
      this.points.add(change.run_id, change.points);
      return;
    }
    if (change.type === 'model') {
      this.models.add(change.model_id);
      return;
    }
    this.experiments.add(change.experiment_id);
    if (change.type === 'run') this.runs.add(change.run_id);
    if (change.type === 'run-removed') this.removed.add(change.run_id);
  }

  private publish(): void {
    const points = this.points.take();
    for (const id of this.parentsOf([...this.runs, ...this.removed])) this.parents.add(id);
    for (const id of taken(this.experiments)) this.publishExperiment(id);
    for (const id of taken(this.removed)) this.hub.publish('tracking', { type: 'tracking/run-removed', run_id: id });
    for (const id of taken(this.models)) this.publishModel(id);
    const details = taken(this.runs);
    const changed = new Set(details);
    for (const id of new Set([...details, ...points.keys(), ...taken(this.parents)]))
      this.publishRun(id, changed.has(id));
    for (const [run_id, series] of points) this.hub.publish(`run:${run_id}`, { type: 'run/points', run_id, series });
  }

  private publishExperiment(experiment_id: string): void {
    const experiment = this.tracking.experiments.find(experiment_id);
    if (experiment?.deleted === false)
      this.hub.publish('tracking', { type: 'tracking/experiment', experiment: toExperiment(experiment) });
    // it may be gone for good by now
    else this.hub.publish('tracking', { type: 'tracking/experiment-removed', experiment_id });
  }

  private publishRun(runId: string, withDetail: boolean): void {
    const summary = this.tracking.runs.summaryOf(runId);
    if (!summary) return;
    const kin = this.tracking.family.ofRun(runId);
    this.hub.publish('tracking', { type: 'tracking/run', run: { ...summary, ...kin } });
    if (!withDetail) return;
    const run = this.tracking.runs.get(runId);
    this.hub.publish(`run:${runId}`, { type: 'run/detail', run: { ...toRunDetail(run), ...kin } });
  }

  /** They have more or fewer below them now. */
  private parentsOf(runIds: readonly string[]): string[] {
    if (runIds.length === 0) return [];
    return [...this.tracking.family.ofRuns(runIds).values()].flatMap(({ parent_run_id }) => parent_run_id ?? []);
  }

  private publishModel(model_id: string): void {
    const model = this.tracking.loggedModels.find(model_id);
    if (model) this.hub.publish('tracking', { type: 'tracking/model', model: toLoggedModel(model) });
    else this.hub.publish('tracking', { type: 'tracking/model-removed', model_id });
  }

  private overview(): Snapshot {
    const newest = this.tracking.runs.newest(RUNS_IN_SNAPSHOT);
    const kin = this.tracking.family.ofRuns(newest.map(({ run_id }) => run_id));
    return {
      type: 'tracking/snapshot',
      topic: 'tracking',
      experiments: this.tracking.experiments.list().map(toExperiment),
      runs: newest.map((run) => ({ ...run, ...kin.get(run.run_id) })),
    };
  }

  private async runSnapshot(topic: Topic): Promise<Snapshot> {
    const runId = topic.slice('run:'.length);
    const snapshot = { type: 'run/snapshot', topic: `run:${runId}` } as const;
    const run = this.tracking.runs.find(runId);
    if (!run || run.deleted) return { ...snapshot, run: null, series: [] };
    const series = await this.tracking.series.ofRun(runId, {
      points: POINTS_IN_SNAPSHOT,
      inAll: POINTS_OF_ALL_SERIES,
    });
    return { ...snapshot, run: { ...toRunDetail(run), ...this.tracking.family.ofRun(runId) }, series };
  }
}

function taken<T>(from: Set<T>): T[] {
  const items = [...from];
  from.clear();
  return items;
}
