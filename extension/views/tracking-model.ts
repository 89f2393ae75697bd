import type { RunGroups } from '../../schemas/wire/run-changes.ts';
import type { Experiment, RunSummary } from '../../schemas/wire/tracking.ts';
import type { RoomMessage } from '../daemon/link.ts';
import type { ExperimentView, ExperimentViews } from './experiment-views.ts';
import type { ListPlace } from './run-list.ts';
import { comesBefore, placeKey, RunList } from './run-list.ts';

export interface Groups {
  state: 'empty' | 'ready' | 'failed';
  problem: string;
  stale: boolean;
  found: RunGroups;
}

/** Experiments and those of their runs that are known: the newest, and the lists that a person opened. */
export class TrackingModel {
  readonly views: ExperimentViews;
  /** the one at the top comes last */
  private readonly byExperiment = new Map<string, Experiment>();
  private readonly byRun = new Map<string, RunSummary>();
  private readonly lists = new Map<string, RunList>();
  private readonly groups = new Map<string, Groups>();
  private events = 0;
  /** of each run the last event */
  private readonly heardAt = new Map<string, number>();

  constructor(views: ExperimentViews) {
    this.views = views;
  }

  apply(message: RoomMessage): void {
    if (message.type === 'tracking/snapshot') this.replace(message.experiments, message.runs);
    else if (message.type === 'tracking/experiment') this.putExperiment(message.experiment);
    else if (message.type === 'tracking/experiment-removed') this.removeExperiment(message.experiment_id);
    else if (message.type === 'tracking/run') this.putRun(message.run);
    else if (message.type === 'tracking/run-removed') this.removeRun(message.run_id);
  }

  experiments(): Experiment[] {
    return [...this.byExperiment.values()].filter((one) => one.run_count > 0 || one.name !== 'Default').reverse();
  }

  experiment(id: string): Experiment | undefined {
    return this.byExperiment.get(id);
  }

  run(id: string): RunSummary | undefined {
    return this.byRun.get(id);
  }

  /** The list of that place, which may have to be loaded yet. */
  list(place: ListPlace): RunList {
    const key = placeKey(place);
    const known = this.lists.get(key);
    if (known) return known;
    const view = this.views.of(place.experiment);
    const isWhole = place.parent !== undefined || (view.filter === undefined && view.group === undefined);
    const list = new RunList(place, isWhole && view.order === undefined);
    this.lists.set(key, list);
    this.fill(list, this.byRun.values());
    return list;
  }

  /** Whether somebody has looked into it. */
  isOpen(place: ListPlace): boolean {
    return this.lists.has(placeKey(place));
  }

  /** Those that are loaded. */
  openLists(): RunList[] {
    return [...this.lists.values()].filter(({ state }) => state !== 'empty');
  }

  runsOf(list: RunList): RunSummary[] {
    return list.ids.flatMap((id) => this.byRun.get(id) ?? []);
  }

  groupsOf(experimentId: string): Groups {
    const known = this.groups.get(experimentId);
    if (known) return known;
    const groups: Groups = { state: 'empty', problem: '', stale: false, found: { groups: [], more: false } };
    this.groups.set(experimentId, groups);
    return groups;
  }

  openGroups(): [string, Groups][] {
    return [...this.groups].filter(([, { state }]) => state !== 'empty');
  }

  /** Events that arrive from here on are newer than what is asked for now. */
  get moment(): number {
    return this.events;
  }

  /** What a page says of runs that was asked for at that moment. */
  learn(runs: readonly RunSummary[], asked: number): void {
    for (const run of runs) if ((this.heardAt.get(run.run_id) ?? 0) <= asked) this.byRun.set(run.run_id, run);
  }

  changeView(experimentId: string, change: ExperimentView): void {
    this.views.change(experimentId, change);
    if (!('filter' in change || 'order' in change || 'group' in change)) return;
    this.forgetLists(experimentId);
  }

  /** A run that comes takes its experiment to the top; what people do there does not move it away below their pointer. */
  private putExperiment(experiment: Experiment): void {
    const { experiment_id: id, run_count } = experiment;
    if (run_count > (this.byExperiment.get(id)?.run_count ?? 0)) this.byExperiment.delete(id);
    this.byExperiment.set(id, experiment);
  }

  private removeExperiment(id: string): void {
    this.byExperiment.delete(id);
    for (const [runId, run] of this.byRun) if (run.experiment_id === id) this.forgetRun(runId);
    this.forgetLists(id);
  }

  private forgetLists(experimentId: string): void {
    for (const [key, { place }] of this.lists) if (place.experiment === experimentId) this.lists.delete(key);
    this.groups.delete(experimentId);
  }

  private putRun(run: RunSummary): void {
    const before = this.byRun.get(run.run_id);
    this.byRun.set(run.run_id, run);
    this.heardAt.set(run.run_id, ++this.events);
    // those below it stood at the top while it was away
    const isBack = before === undefined && run.children !== undefined;
    for (const list of this.openLists()) {
      const { experiment } = list.place;
      if (experiment !== run.experiment_id && experiment !== before?.experiment_id) continue;
      if (!list.isLive || isBack || list.state !== 'ready') list.stale = true;
      else list.settle(run, (id) => this.byRun.get(id));
    }
    for (const id of [run.experiment_id, before?.experiment_id]) this.doubtGroups(id);
  }

  private removeRun(id: string): void {
    const run = this.byRun.get(id);
    this.forgetRun(id);
    for (const list of this.openLists()) {
      list.remove(id);
      // those below it stand at the top now
      if (run?.children !== undefined && list.place.experiment === run.experiment_id) list.stale = true;
      if (list.place.parent === id) this.lists.delete(placeKey(list.place));
    }
    this.doubtGroups(run?.experiment_id);
  }

  private forgetRun(id: string): void {
    this.byRun.delete(id);
    this.heardAt.delete(id);
  }

  private doubtGroups(experimentId: string | undefined): void {
    const groups = experimentId === undefined ? undefined : this.groups.get(experimentId);
    if (groups) groups.stale = true;
  }

  /** Comes again after a break: what is open is asked for again. */
  private replace(experiments: Experiment[], runs: RunSummary[]): void {
    const there = new Set(experiments.map(({ experiment_id }) => experiment_id));
    for (const id of this.byExperiment.keys()) if (!there.has(id)) this.removeExperiment(id);
    const latestLast = experiments.toSorted((one, other) => one.updated_at - other.updated_at);
    for (const experiment of latestLast) this.putExperiment(experiment);
    this.learn(runs, this.moment);
    for (const list of this.openLists()) list.stale = !this.fill(list, runs);
    for (const groups of this.groups.values()) groups.stale = true;
  }

  /** Of a small experiment the snapshot holds all: nothing need be asked for. */
  private fill(list: RunList, from: Iterable<RunSummary>): boolean {
    if (!list.isLive) return false;
    const known = [...from].filter((run) => run.experiment_id === list.place.experiment);
    if (known.length !== this.byExperiment.get(list.place.experiment)?.run_count) return false;
    const runs = known.filter((run) => list.holds(run)).sort((one, other) => (comesBefore(one, other) ? -1 : 1));
    list.replace({ runs, count: runs.length });
    return true;
  }
}
