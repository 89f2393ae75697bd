import type { ClientMessage, ServerMessage, Topic } from '../../schemas/wire/events.ts';
import type { RoomMessage, Subscription } from './link.ts';

type Listener = (message: RoomMessage) => void;
type Send = (message: ClientMessage) => void;

/** Who listens to what, and where the stream was left, so that a new socket goes on there. */
export class Topics {
  private readonly listeners = new Map<Topic, Set<Listener>>();
  /** topics whose snapshot has arrived: only these can be resumed, the others start with one */
  private readonly complete = new Set<Topic>();
  private newest: { epoch: string; seq: number } | undefined;
  private send: Send | undefined;

  subscribe(topic: Topic, listener: Listener): Subscription {
    const group = this.listeners.get(topic) ?? new Set();
    this.listeners.set(topic, group.add(listener));
    // also when others listen already: the newcomer needs the snapshot, and to them it changes nothing
    this.send?.({ type: 'subscribe', topics: [topic] });
    return { dispose: () => this.unsubscribe(topic, listener) };
  }

  opened(send: Send): void {
    this.send = send;
    const topics = [...this.listeners.keys()];
    const resumed = this.newest ? topics.filter((topic) => this.complete.has(topic)) : [];
    const fresh = topics.filter((topic) => !resumed.includes(topic));
    if (resumed.length > 0) send({ type: 'subscribe', topics: resumed, resume: this.newest });
    if (fresh.length > 0) send({ type: 'subscribe', topics: fresh });
  }

  /** A socket that ends late must not silence the one that has taken its place. */
  closed(send: Send | undefined): void {
    if (this.send === send) this.send = undefined;
  }

  receive(message: ServerMessage): void {
    if (!('topic' in message)) return; // the system's own messages tell the newest seq, not what was received
    this.newest = { epoch: message.epoch, seq: message.seq };
    if (message.type.endsWith('/snapshot')) this.complete.add(message.topic);
    for (const listener of this.listeners.get(message.topic) ?? []) listener(message);
  }

  private unsubscribe(topic: Topic, listener: Listener): void {
    const group = this.listeners.get(topic);
    if (!group?.delete(listener) || group.size > 0) return;
    this.listeners.delete(topic);
    this.complete.delete(topic);
    this.send?.({ type: 'unsubscribe', topics: [topic] });
  }
}
