import type { Topic } from '../../schemas/wire/events.ts';
import type { Hub, Published } from './hub.ts';

/** The sending side of a socket, as `ws` has it. */
export interface Outlet {
  readonly bufferedAmount: number;
  send(text: string, sent: () => void): void;
}

const MAX_BUFFERED_BYTES = 1_000_000;
const MAX_HELD_EVENTS = 1_000;

/**
 * One client's subscriptions. While a topic's snapshot is being made its events are held back, so that they arrive after
 * it. A client that does not keep up is sent nothing more; once it has caught up it gets snapshots in place of what it
 * missed, so that memory stays bounded and the newest state always arrives.
 */
export class Subscriber {
  private readonly live = new Set<Topic>();
  private readonly held = new Map<Topic, Published[]>();
  private readonly stale = new Set<Topic>();
  private readonly hub: Hub;
  private readonly outlet: Outlet;

  constructor(hub: Hub, outlet: Outlet) {
    this.hub = hub;
    this.outlet = outlet;
  }

  subscribe(topics: Topic[], resume?: { epoch: string; seq: number }): void {
    const missed = resume && this.hub.since(resume.epoch, resume.seq);
    for (const topic of topics) {
      if (!missed) void this.sendSnapshot(topic);
      else this.live.add(topic);
    }
    for (const item of missed ?? []) if (topics.includes(item.topic)) this.send(item);
  }

  unsubscribe(topics: Topic[]): void {
    for (const topic of topics) {
      this.live.delete(topic);
      this.held.delete(topic);
      this.stale.delete(topic);
    }
  }

  deliver(item: Published): void {
    const held = this.held.get(item.topic);
    if (held) {
      held.push(item);
      if (held.length > MAX_HELD_EVENTS) this.markStale(item.topic);
    } else if (this.live.has(item.topic)) this.send(item);
  }

  private send(item: Published): void {
    if (this.outlet.bufferedAmount > MAX_BUFFERED_BYTES) this.markStale(item.topic);
    else this.outlet.send(item.text, () => this.catchUp());
  }

  private markStale(topic: Topic): void {
    this.live.delete(topic);
    this.held.delete(topic);
    this.stale.add(topic);
  }

  private catchUp(): void {
    if (this.stale.size === 0 || this.outlet.bufferedAmount > 0) return;
    const topics = [...this.stale];
    this.stale.clear();
    for (const topic of topics) void this.sendSnapshot(topic);
  }

  private async sendSnapshot(topic: Topic): Promise<void> {
    const held: Published[] = [];
    this.held.set(topic, held);
    const text = await this.hub.snapshot(topic).catch(() => undefined);
    // unsubscribed, subscribed again or fallen behind meanwhile: another snapshot answers for it
    if (this.held.get(topic) !== held) return;
    this.held.delete(topic);
    if (text === undefined) return;
    this.live.add(topic);
    this.outlet.send(text, () => this.catchUp());
    for (const item of held) this.send(item);
  }
}
