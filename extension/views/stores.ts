import type { Topic } from '../../schemas/wire/events.ts';
import type { Api } from '../daemon/api.ts';
import type { DaemonLink, RoomMessage, Subscription } from '../daemon/link.ts';
import { EndpointsModel } from './endpoints-model.ts';
import { MonitorsModel } from './monitors-model.ts';
import { PipelineModel } from './pipeline-model.ts';
import { RegistryModel } from './registry-model.ts';
import { TrackingModel } from './tracking-model.ts';

export type Room = 'tracking' | 'registry' | 'pipelines' | 'serving' | 'monitoring';

/** What is known of each room, kept up to date by its topic, and kept when the daemon is away. */
export class Stores {
  readonly tracking = new TrackingModel();
  readonly registry = new RegistryModel();
  readonly pipelines = new PipelineModel();
  readonly serving = new EndpointsModel();
  readonly monitoring = new MonitorsModel();
  private readonly loaded = new Set<Room>();
  private readonly listeners = new Set<(room: Room) => void>();
  private readonly subscriptions: Subscription[];
  private readonly api: Api;

  constructor(link: DaemonLink, api: Api) {
    this.api = api;
    this.subscriptions = [
      this.follow(link, 'tracking', (message) => this.tracking.apply(message)),
      this.follow(link, 'registry', (message) => this.registry.apply(message)),
      this.follow(link, 'serving', (message) => this.serving.apply(message)),
      this.follow(link, 'monitoring', (message) => this.monitoring.apply(message)),
      link.subscribe('pipelines', (message) => void this.followPipelines(message)),
    ];
  }

  /** Whether the daemon has said what there is: until then, empty means unknown. */
  isLoaded(room: Room): boolean {
    return this.loaded.has(room);
  }

  onChange(listener: (room: Room) => void): Subscription {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  /** Answers the first of the runs that were not known before, as they are listed. */
  async loadMoreRuns(experimentId: string): Promise<string | undefined> {
    const known = new Set(this.tracking.runsOf(experimentId).map(({ run_id }) => run_id));
    const before = this.tracking.missing(experimentId);
    do {
      const query = { experiment_id: experimentId, limit: 100, ...this.tracking.nextPage(experimentId) };
      this.tracking.addPage(experimentId, await this.api.runs(query));
      // the first page may hold nothing but what the snapshot brought
    } while (this.tracking.missing(experimentId) === before && this.tracking.nextPage(experimentId).page_token);
    this.changed('tracking');
    return this.tracking.runsOf(experimentId).find(({ run_id }) => !known.has(run_id))?.run_id;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.listeners.clear();
  }

  private follow(link: DaemonLink, room: Room & Topic, apply: (message: RoomMessage) => void): Subscription {
    return link.subscribe(room, (message) => {
      apply(message);
      this.changed(room);
    });
  }

  private async followPipelines(message: RoomMessage): Promise<void> {
    this.pipelines.apply(message);
    const planMayDiffer = message.type === 'pipelines/snapshot' || message.type === 'pipelines/plan-changed';
    if (planMayDiffer) {
      const overview = await this.api.pipelines().catch(() => undefined);
      if (overview) this.pipelines.setPlan(overview);
    }
    this.changed('pipelines');
  }

  private changed(room: Room): void {
    this.loaded.add(room);
    for (const listener of this.listeners) listener(room);
  }
}
