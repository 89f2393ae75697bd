import type { Experiment, RunList, RunSummary } from '../../schemas/wire/tracking.ts';
import type { RoomMessage } from '../daemon/link.ts';

/** Experiments and those of their runs that are known: the newest, and the pages that a person asked for. */
export class TrackingModel {
  private readonly byExperiment = new Map<string, Experiment>();
  private readonly byRun = new Map<string, RunSummary>();
  /** of the experiments of which a page was read: the token of the next, if there is one */
  private readonly pages = new Map<string, string | undefined>();

  apply(message: RoomMessage): void {
    if (message.type === 'tracking/snapshot') this.replace(message.experiments, message.runs);
    else if (message.type === 'tracking/experiment') this.put(message.experiment);
    else if (message.type === 'tracking/run') this.byRun.set(message.run.run_id, message.run);
    else if (message.type === 'tracking/run-removed') this.byRun.delete(message.run_id);
  }

  addPage(experimentId: string, page: RunList): void {
    // what arrived live meanwhile is newer than the page
    for (const run of page.runs) if (!this.byRun.has(run.run_id)) this.byRun.set(run.run_id, run);
    this.pages.set(experimentId, page.next_page_token);
  }

  nextPage(experimentId: string): { page_token?: string } {
    return { page_token: this.pages.get(experimentId) };
  }

  experiments(): Experiment[] {
    const shown = [...this.byExperiment.values()].filter((one) => one.run_count > 0 || one.name !== 'Default');
    return shown.sort((one, other) => other.updated_at - one.updated_at);
  }

  /** Newest first. */
  runsOf(experimentId: string): RunSummary[] {
    const runs = [...this.byRun.values()].filter((run) => run.experiment_id === experimentId);
    return runs.sort((one, other) => other.started_at - one.started_at || one.run_id.localeCompare(other.run_id));
  }

  /** How many runs of it are not here. */
  missing(experimentId: string): number {
    const total = this.byExperiment.get(experimentId)?.run_count ?? 0;
    return Math.max(0, total - this.runsOf(experimentId).length);
  }

  running(): RunSummary[] {
    return [...this.byRun.values()].filter((run) => run.state === 'running');
  }

  private put(experiment: Experiment): void {
    this.byExperiment.set(experiment.experiment_id, experiment);
  }

  /** A snapshot holds the newest runs only: older ones that were paged in stay. */
  private replace(experiments: Experiment[], runs: RunSummary[]): void {
    const known = [...this.byRun.values()];
    this.byExperiment.clear();
    this.byRun.clear();
    for (const experiment of experiments) this.put(experiment);
    for (const run of known)
      if (this.byExperiment.has(run.experiment_id) && isOlderThanAll(run, runs)) this.byRun.set(run.run_id, run);
    for (const run of runs) this.byRun.set(run.run_id, run);
    for (const id of this.pages.keys()) if (!this.byExperiment.has(id)) this.pages.delete(id);
  }
}

function isOlderThanAll(run: RunSummary, runs: RunSummary[]): boolean {
  const siblings = runs.filter((one) => one.experiment_id === run.experiment_id);
  return siblings.length > 0 && siblings.every((one) => one.started_at > run.started_at);
}
