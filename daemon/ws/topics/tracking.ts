import type { Snapshot, Topic } from '../../../schemas/wire/events.ts';
import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';
import type { Kin, Tracking, TrackingChange } from '../../tracking/index.ts';
import type { Hub } from '../hub.ts';
import { Coalescer } from './coalescer.ts';
import { PointBuffer } from './point-buffer.ts';
import { toExperiment, toLoggedModel, toRunDetail } from './tracking-shapes.ts';

const RUNS_IN_SNAPSHOT = 200;
const POINTS_IN_SNAPSHOT = 2000;
/** Some megabytes: a run of a thousand metrics is a few points each, until somebody asks for more of one. */
const POINTS_OF_ALL_SERIES = 100_000;
/** So many of a kind are told in one turn: requests are answered between two of them. */
const AT_ONCE = 100;

export interface TrackingTopicsParts {
  hub: Hub;
  tracking: Tracking;
  clock: Clock;
}

/**
 * Topics `tracking` (experiments and runs, without params) and `run:ID` (one run whole, and its points). A burst of changes
 * becomes one event a run and topic, which tells the state at that moment; what nobody follows costs nothing.
 */
export function trackingTopics(parts: TrackingTopicsParts): Disposable {
  return new TrackingTopics(parts);
}

class TrackingTopics implements Disposable {
  private readonly experiments = new Set<string>();
  private readonly models = new Set<string>();
  /** changed or removed */
  private readonly runs = new Set<string>();
  /** have new points, or more or fewer runs below them: these do not wait behind thousands that changed at once */
  private readonly touched = new Set<string>();
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
    const listed = this.hub.followed.has('tracking');
    const shown = 'run_id' in change && this.hub.followed.has(`run:${change.run_id}`);
    if (!listed && !shown) return;
    if (change.type === 'points') {
      this.touched.add(change.run_id);
      if (shown) this.points.add(change.run_id, change.points);
    } else if (change.type === 'model') this.models.add(change.model_id);
    else {
      this.experiments.add(change.experiment_id);
      if (change.type !== 'experiment') this.runs.add(change.run_id);
    }
    this.burst.changed();
  }

  /** Answers whether more waits. */
  private publish(): boolean {
    for (const id of taken(this.experiments)) this.publishExperiment(id);
    for (const id of taken(this.models)) this.publishModel(id);
    this.publishRuns();
    return [this.experiments, this.models, this.runs, this.touched].some(({ size }) => size > 0);
  }

  private publishExperiment(experiment_id: string): void {
    const experiment = this.tracking.experiments.find(experiment_id);
    if (experiment?.deleted === false)
      this.hub.publish('tracking', { type: 'tracking/experiment', experiment: toExperiment(experiment) });
    // it may be gone for good by now
    else this.hub.publish('tracking', { type: 'tracking/experiment-removed', experiment_id });
  }

  private publishModel(model_id: string): void {
    const model = this.tracking.loggedModels.find(model_id);
    if (model) this.hub.publish('tracking', { type: 'tracking/model', model: toLoggedModel(model) });
    else this.hub.publish('tracking', { type: 'tracking/model-removed', model_id });
  }

  private publishRuns(): void {
    const touched = taken(this.touched);
    const changed = new Set([...touched.filter((id) => this.runs.delete(id)), ...taken(this.runs)]);
    const kin = this.tracking.family.ofRuns([...new Set([...changed, ...touched])]);
    for (const id of changed) {
      const parent = kin.get(id)?.parent_run_id;
      if (parent !== undefined && !changed.has(parent)) this.touched.add(parent);
    }
    for (const id of changed) this.publishRun(id, kin.get(id), true);
    for (const id of touched) if (!changed.has(id)) this.publishRun(id, kin.get(id), false);
  }

  private publishRun(run_id: string, kin: Kin | undefined, withDetail: boolean): void {
    const summary = this.tracking.runs.summaryOf(run_id);
    if (summary) this.hub.publish('tracking', { type: 'tracking/run', run: { ...summary, ...kin } });
    else this.hub.publish('tracking', { type: 'tracking/run-removed', run_id });
    const topic = `run:${run_id}` as const;
    if (summary && withDetail && this.hub.followed.has(topic))
      this.hub.publish(topic, { type: 'run/detail', run: { ...toRunDetail(this.tracking.runs.get(run_id)), ...kin } });
    const series = this.points.take(run_id);
    if (series) this.hub.publish(topic, { type: 'run/points', run_id, series });
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

/** The oldest of them, as many as go in one turn. */
function taken<T>(from: Set<T>): T[] {
  const items = [...from].slice(0, AT_ONCE);
  for (const item of items) from.delete(item);
  return items;
}
