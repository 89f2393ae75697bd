import type { Api } from '../daemon/api.ts';
import type { Clock } from '../daemon/clock.ts';
import { asRequestError } from '../daemon/link.ts';
import { groupFilter } from './experiment-views.ts';
import type { ListPlace, RunList } from './run-list.ts';
import type { TrackingModel } from './tracking-model.ts';

const FIRST_PAGE = 100;
const LARGEST_PAGE = 1000;
/** So many are asked for again when something changed; whoever has more below each other scrolls on. */
const MOST_AGAIN = 5000;
/** What changes all the time is asked for again and again: never sooner, and never most of the time. */
const AGAIN_AFTER_MS = 1000;
const PAUSE_PER_WORK = 5;

type RunApi = Pick<Api, 'runs' | 'runGroups'>;

/** Brings the lists of runs that a person opens, and keeps those right that events alone cannot. */
export class RunLoader {
  private readonly api: RunApi;
  private readonly model: TrackingModel;
  private readonly clock: Clock;
  private readonly changed: () => void;
  private readonly underWay = new Map<RunList | string, Promise<unknown>>();
  private cancel: (() => void) | undefined;
  private lastTook = 0;

  constructor(api: RunApi, model: TrackingModel, clock: Clock, changed: () => void) {
    this.api = api;
    this.model = model;
    this.clock = clock;
    this.changed = changed;
  }

  /** Never rejects: a list that could not be read says why. */
  async open(place: ListPlace | undefined): Promise<void> {
    if (place === undefined) return;
    const isGrouped = this.model.views.of(place.experiment).group !== undefined;
    if (isGrouped && place.parent === undefined && place.group === undefined) return this.openGroups(place.experiment);
    const list = this.model.list(place);
    const isWanted = () => list.state === 'empty' || list.state === 'loading';
    if (isWanted()) await this.inTurn(list, () => (isWanted() ? this.read(list, FIRST_PAGE) : undefined));
  }

  private async openGroups(experimentId: string): Promise<void> {
    const isWanted = () => this.model.groupsOf(experimentId).state === 'empty';
    if (isWanted()) await this.inTurn(experimentId, () => (isWanted() ? this.readGroups(experimentId) : undefined));
  }

  /** Reads again what failed. */
  async retry(place: ListPlace): Promise<void> {
    const { group } = this.model.views.of(place.experiment);
    if (group !== undefined && place.parent === undefined) await this.readGroups(place.experiment);
    const list = this.model.list(place);
    if (list.state === 'failed') await this.inTurn(list, () => this.read(list, FIRST_PAGE));
  }

  /** The next page; pages grow, so that the end of a long list is reached. Answers the first run of it. */
  async more(place: ListPlace): Promise<string | undefined> {
    const list = this.model.list(place);
    let first: string | undefined;
    await this.inTurn(list, async () => {
      if (list.next === undefined) return;
      const limit = Math.min(LARGEST_PAGE, Math.max(FIRST_PAGE, list.ids.length));
      const { moment } = this.model;
      const page = await this.api.runs({ ...this.query(place), limit, page_token: list.next });
      this.model.learn(page.runs, moment);
      first = list.append(page);
      this.changed();
    });
    return first;
  }

  /** After each event: what became doubtful is read again in a moment. */
  refreshSoon(): void {
    if (this.cancel || !this.isDoubtful()) return;
    const pause = Math.max(AGAIN_AFTER_MS, this.lastTook * PAUSE_PER_WORK);
    this.cancel = this.clock.after(pause, () => void this.refresh());
  }

  /** Once nothing is being read. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.allSettled(this.underWay.values());
  }

  dispose(): void {
    this.cancel?.();
  }

  private isDoubtful(): boolean {
    const { model } = this;
    return model.openLists().some(({ stale }) => stale) || model.openGroups().some(([, { stale }]) => stale);
  }

  private async refresh(): Promise<void> {
    const start = performance.now();
    for (const list of this.model.openLists().filter(({ stale }) => stale)) {
      list.stale = false;
      await this.inTurn(list, () => this.read(list, Math.min(MOST_AGAIN, Math.max(FIRST_PAGE, list.ids.length))));
    }
    for (const [experiment] of this.model.openGroups().filter(([, { stale }]) => stale))
      await this.inTurn(experiment, () => this.readGroups(experiment));
    this.lastTook = performance.now() - start;
    this.cancel = undefined;
    this.refreshSoon();
  }

  /** One after the other: what is read last is what stands. */
  private async inTurn(what: RunList | string, work: () => Promise<unknown> | undefined): Promise<void> {
    const before = this.underWay.get(what) ?? Promise.resolve();
    const running = before.catch(() => {}).then(work);
    this.underWay.set(what, running);
    try {
      await running;
    } finally {
      if (this.underWay.get(what) === running) this.underWay.delete(what);
    }
  }

  private async read(list: RunList, limit: number): Promise<void> {
    if (list.state === 'empty' || list.state === 'failed') list.state = 'loading';
    try {
      const { moment } = this.model;
      const page = await this.api.runs({ ...this.query(list.place), limit, count: true });
      this.model.learn(page.runs, moment);
      list.replace(page);
    } catch (thrown) {
      list.problem = asRequestError(thrown).message;
      // what was read before still stands
      if (list.state === 'loading') list.state = 'failed';
    }
    this.changed();
  }

  private async readGroups(experimentId: string): Promise<void> {
    const groups = this.model.groupsOf(experimentId);
    const { group: by = '', filter } = this.model.views.of(experimentId);
    groups.stale = false;
    try {
      groups.found = await this.api.runGroups({ experiment_id: experimentId, by, filter });
      groups.state = 'ready';
    } catch (thrown) {
      groups.problem = asRequestError(thrown).message;
      if (groups.state !== 'ready') groups.state = 'failed';
    }
    this.changed();
  }

  private query({ experiment, parent, group }: ListPlace) {
    const view = this.model.views.of(experiment);
    const query = { experiment_id: experiment, order_by: view.order };
    if (parent !== undefined) return { ...query, parent };
    if (group !== undefined) return { ...query, filter: groupFilter(view, group) };
    // what is searched for may stand below others
    return view.filter === undefined ? { ...query, parent: '' } : { ...query, filter: view.filter };
  }
}
