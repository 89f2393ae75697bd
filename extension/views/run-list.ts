import type { RunList as Page, RunSummary } from '../../schemas/wire/tracking.ts';

/** Which runs of an experiment: those at the top, those below a run, or those of a group. */
export interface ListPlace {
  experiment: string;
  parent?: string;
  /** a value of what the experiment is grouped by; null for the runs that have none */
  group?: string | null;
}

export function placeKey({ experiment, parent, group }: ListPlace): string {
  if (parent !== undefined) return `${experiment} below ${parent}`;
  return group === undefined ? experiment : `${experiment} group ${JSON.stringify(group)}`;
}

type Known = (runId: string) => RunSummary | undefined;

/** Runs that stand one below the other: as many pages of them as were asked for. */
export class RunList {
  readonly place: ListPlace;
  /** newest first and unfiltered: events say what becomes of it */
  readonly isLive: boolean;
  state: 'empty' | 'loading' | 'ready' | 'failed' = 'empty';
  problem = '';
  /** what the daemon has may differ by now */
  stale = false;
  ids: string[] = [];
  /** of the page that follows, if one does */
  next: string | undefined;
  /** on all pages */
  count: number | undefined;

  constructor(place: ListPlace, isLive: boolean) {
    this.place = place;
    this.isLive = isLive;
  }

  replace(page: Page): void {
    this.ids = page.runs.map(({ run_id }) => run_id);
    this.next = page.next_page_token;
    this.count = page.count;
    this.state = 'ready';
    this.stale = false;
  }

  /** Answers the first that was not known before. */
  append(page: Page): string | undefined {
    const known = new Set(this.ids);
    const fresh = page.runs.map(({ run_id }) => run_id).filter((id) => !known.has(id));
    this.ids.push(...fresh);
    this.next = page.next_page_token;
    return fresh[0];
  }

  /** How many are not here; undefined when nobody counted. */
  get missing(): number | undefined {
    if (this.next === undefined) return 0;
    return this.count === undefined ? undefined : Math.max(1, this.count - this.ids.length);
  }

  holds({ experiment_id, parent_run_id }: RunSummary): boolean {
    return experiment_id === this.place.experiment && parent_run_id === this.place.parent;
  }

  /** A run that changed: into its place, or out of here. Only of a live list that is ready. */
  settle(run: RunSummary, known: Known): void {
    if (!this.holds(run)) this.remove(run.run_id);
    else if (!this.ids.includes(run.run_id)) this.insert(run, known);
  }

  remove(runId: string): void {
    const at = this.ids.indexOf(runId);
    if (at < 0) return;
    this.ids.splice(at, 1);
    if (this.count !== undefined) this.count -= 1;
  }

  private insert(run: RunSummary, known: Known): void {
    const isBehind = (id: string) => {
      const other = known(id);
      return other === undefined || comesBefore(run, other);
    };
    const at = this.ids.findIndex(isBehind);
    // an older one than any here stands on a page that was not asked for
    if (at < 0 && this.next !== undefined) return;
    this.ids.splice(at < 0 ? this.ids.length : at, 0, run.run_id);
    if (this.count !== undefined) this.count += 1;
  }
}

/** Newest first. */
export function comesBefore(one: RunSummary, other: RunSummary): boolean {
  if (one.started_at !== other.started_at) return one.started_at > other.started_at;
  return one.run_id < other.run_id;
}
