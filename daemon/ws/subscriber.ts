import type { Topic } from '../../schemas/wire/events.ts';
import type { Hub, Moment, Published } from './hub.ts';

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
  /** topics that wait for snapshots, with what was published meanwhile */
  private readonly held = new Map<Topic, Published[]>();
  private lastSent = 0;
  /** the number after which this client was sent nothing */
  private behindSince: number | undefined;
  private readonly hub: Hub;
  private readonly outlet: Outlet;

  constructor(hub: Hub, outlet: Outlet) {
    this.hub = hub;
    this.outlet = outlet;
  }

  subscribe(topics: Topic[], resume?: Moment): void {
    const missed: Published[] = [];
    for (const topic of new Set(topics)) {
      // its snapshot is on the way already
      if (this.held.has(topic)) continue;
      const ofTopic = resume && this.hub.since(topic, resume);
      if (!this.live.has(topic)) this.hub.follow(topic);
      if (ofTopic || this.behindSince !== undefined) this.live.add(topic);
      else void this.sendSnapshots([topic]);
      missed.push(...(ofTopic ?? []));
    }
    for (const item of missed.sort((one, other) => one.seq - other.seq)) this.send(item);
  }

  unsubscribe(topics: Iterable<Topic>): void {
    for (const topic of topics) {
      const [wasLive, wasHeld] = [this.live.delete(topic), this.held.delete(topic)];
      if (wasLive || wasHeld) this.hub.unfollow(topic);
    }
  }

  /** The client is gone. */
  leave(): void {
    this.unsubscribe(new Set([...this.live, ...this.held.keys()]));
  }

  deliver(item: Published): void {
    const held = this.held.get(item.topic);
    if (held) {
      held.push(item);
      if (held.length > MAX_HELD_EVENTS) this.fallBehind();
    } else if (this.live.has(item.topic)) this.send(item);
  }

  private send(item: Published): void {
    if (this.behindSince !== undefined) return;
    if (this.outlet.bufferedAmount > MAX_BUFFERED_BYTES) {
      this.fallBehind();
      return;
    }
    this.lastSent = item.seq;
    this.outlet.send(item.text, () => this.catchUp());
  }

  /** In all topics at once: were others told on, their numbers would say that nothing is missing. */
  private fallBehind(): void {
    this.behindSince ??= this.lastSent;
    for (const topic of this.held.keys()) this.live.add(topic);
    this.held.clear();
    this.catchUp();
  }

  private catchUp(): void {
    if (this.behindSince === undefined || this.outlet.bufferedAmount > 0) return;
    const since = this.behindSince;
    this.behindSince = undefined;
    // numbered as of then: a client that is cut off between two of them asks for all of it again
    if (this.live.size > 0) void this.sendSnapshots([...this.live], since);
  }

  private async sendSnapshots(topics: Topic[], numbered?: number): Promise<void> {
    const meanwhile: Published[] = [];
    for (const topic of topics) this.held.set(topic, meanwhile);
    const made = await Promise.all(
      topics.map(async (topic) => ({ topic, text: await this.hub.snapshot(topic, numbered) })),
    );
    for (const { topic, text } of made) {
      // unsubscribed, subscribed again or fallen behind meanwhile: another snapshot answers for it
      if (this.held.get(topic) !== meanwhile) continue;
      this.held.delete(topic);
      this.live.add(topic);
      this.sendSnapshot(text);
    }
    for (const item of meanwhile) if (this.live.has(item.topic)) this.send(item);
  }

  private sendSnapshot(text: string): void {
    if (this.behindSince !== undefined) return;
    if (this.outlet.bufferedAmount > MAX_BUFFERED_BYTES) this.fallBehind();
    else this.outlet.send(text, () => this.catchUp());
  }
}
