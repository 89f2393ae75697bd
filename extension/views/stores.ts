import type { Topic } from '../../schemas/wire/events.ts';
import type { Api } from '../daemon/api.ts';
import { systemClock } from '../daemon/clock.ts';
import type { DaemonLink, RoomMessage, Subscription } from '../daemon/link.ts';
import { EndpointsModel } from './endpoints-model.ts';
import type { ExperimentView, Keep } from './experiment-views.ts';
import { ExperimentViews } from './experiment-views.ts';
import { MonitorsModel } from './monitors-model.ts';
import { PipelineModel } from './pipeline-model.ts';
import { RegistryModel } from './registry-model.ts';
import { RunLoader } from './run-loader.ts';
import { SweepsModel } from './sweeps-model.ts';
import { TrackingModel } from './tracking-model.ts';
import { TriggersModel } from './triggers-model.ts';
import { VersionLoader } from './version-loader.ts';

export type Room = 'tracking' | 'registry' | 'pipelines' | 'serving' | 'monitoring' | 'triggers' | 'sweeps';

/** What is known of each room, kept up to date by its topic, and kept when the daemon is away. */
export class Stores {
  readonly tracking: TrackingModel;
  readonly runs: RunLoader;
  readonly registry = new RegistryModel();
  readonly versions: VersionLoader;
  readonly pipelines = new PipelineModel();
  readonly serving = new EndpointsModel();
  readonly monitoring = new MonitorsModel();
  readonly triggers = new TriggersModel();
  readonly sweeps = new SweepsModel();
  private readonly loaded = new Set<Room>();
  private readonly listeners = new Set<(room: Room) => void>();
  private readonly subscriptions: Subscription[];
  private readonly api: Api;

  constructor(link: DaemonLink, api: Api, keep: Keep) {
    this.api = api;
    this.tracking = new TrackingModel(new ExperimentViews(keep));
    this.runs = new RunLoader(api, this.tracking, systemClock, () => this.changed('tracking'));
    this.versions = new VersionLoader(api, this.registry, () => this.changed('registry'));
    this.subscriptions = [
      this.follow(link, 'tracking', (message) => {
        this.tracking.apply(message);
        this.runs.refreshSoon();
      }),
      this.follow(link, 'registry', (message) => {
        this.registry.apply(message);
        this.versions.heard(message);
      }),
      this.follow(link, 'serving', (message) => this.serving.apply(message)),
      this.follow(link, 'monitoring', (message) => this.monitoring.apply(message)),
      this.follow(link, 'triggers', (message) => this.triggers.apply(message)),
      this.follow(link, 'sweeps', (message) => this.sweeps.apply(message)),
      link.subscribe('pipelines', (message) => void this.followPipelines(message)),
    ];
  }

  /** Whether the daemon has said what there is: until then, empty means unknown. */
  isLoaded(...rooms: Room[]): boolean {
    return rooms.every((room) => this.loaded.has(room));
  }

  onChange(listener: (room: Room) => void): Subscription {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  /** Shown otherwise from now on: what is to be seen is read anew. */
  changeView(experimentId: string, change: ExperimentView): void {
    this.tracking.changeView(experimentId, change);
    this.changed('tracking');
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.runs.dispose();
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
