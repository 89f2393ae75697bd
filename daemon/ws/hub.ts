import type { RoomEvent, Snapshot, SystemMessage, Topic } from '../../schemas/wire/events.ts';
import type { Disposable } from '../base/disposables.ts';
import { Emitter } from '../base/emitter.ts';
import { asCrisolError } from '../base/errors.ts';
import { FollowedTopics } from './followed.ts';

export interface Published {
  seq: number;
  topic: Topic;
  /** the message as it goes over the wire: made once, however many clients there are */
  text: string;
}

/** The newest that a client has seen. */
export interface Moment {
  epoch: string;
  seq: number;
}

type SnapshotMaker = (topic: Topic) => Snapshot | Promise<Snapshot>;

/** Makes what a topic tells, from its first client to its last. */
type Follow = (topic: Topic) => Disposable;

const REMEMBERED_EVENTS = 5_000;
const REMEMBERED_CHARS = 8_000_000;

/** Numbers what the rooms publish, remembers the newest of it for clients that come back, and makes snapshots. */
export class Hub {
  readonly epoch: string;
  readonly published = new Emitter<Published>();
  readonly followed = new FollowedTopics();
  private seq = 0;
  private chars = 0;
  private readonly remembered: Published[] = [];
  private readonly makers = new Map<string, SnapshotMaker>();
  private readonly follows = new Map<string, Follow>();
  private readonly following = new Map<Topic, Disposable>();
  /** the newest number of which nothing is remembered any more */
  private forgotten = 0;

  constructor(epoch: string) {
    this.epoch = epoch;
  }

  get newestSeq(): number {
    return this.seq;
  }

  /** `kind` is the topic up to its colon: `run` makes snapshots of `run:ID`. */
  provide(kind: string, maker: SnapshotMaker): void {
    this.makers.set(kind, maker);
  }

  /**
   * Like `provide`, for what comes fast and is kept elsewhere: it is made only while somebody follows it, and not remembered here,
   * where it would drive out everything else. Who comes back begins with a snapshot.
   */
  stream(kind: string, maker: SnapshotMaker, follow: Follow): void {
    this.makers.set(kind, maker);
    this.follows.set(kind, follow);
  }

  knows(topic: string): topic is Topic {
    return this.makers.has(kindOf(topic));
  }

  /** What nobody listens to is not told: whoever comes to it later begins with a snapshot. */
  publish(topic: Topic, event: RoomEvent): void {
    if (!this.followed.has(topic)) return;
    const seq = ++this.seq;
    const text = JSON.stringify({ ...event, topic, epoch: this.epoch, seq });
    const item = { seq, topic, text };
    if (!this.isStream(topic)) this.remember(item);
    this.published.emit(item);
  }

  follow(topic: Topic): void {
    if (!this.followed.add(topic, this.seq)) return;
    const made = this.follows.get(kindOf(topic))?.(topic);
    if (made) this.following.set(topic, made);
  }

  unfollow(topic: Topic): void {
    if (!this.followed.remove(topic)) return;
    void this.following.get(topic)?.dispose();
    this.following.delete(topic);
  }

  /** Everything of a topic after `seq`, or undefined when some of it is forgotten, was never told or belongs to another daemon. */
  since(topic: Topic, { epoch, seq }: Moment): Published[] | undefined {
    if (epoch !== this.epoch || seq > this.seq || !this.followed.isWholeSince(topic, seq)) return undefined;
    if (seq < this.forgotten || this.isStream(topic)) return undefined;
    const first = this.remembered.findIndex((item) => item.seq > seq);
    return first < 0 ? [] : this.remembered.slice(first).filter((item) => item.topic === topic);
  }

  /** Numbered by default as of before it is made: whatever is published meanwhile counts as newer than it. */
  async snapshot(topic: Topic, seq = this.seq): Promise<string> {
    return JSON.stringify({ ...(await this.stateOf(topic)), epoch: this.epoch, seq });
  }

  /** What cannot be read is told: a client that waits for ever learns nothing. */
  private async stateOf(topic: Topic): Promise<Snapshot | SystemMessage> {
    try {
      const maker = this.makers.get(kindOf(topic));
      if (!maker) throw new Error('nobody makes snapshots of it');
      return await maker(topic);
    } catch (failure) {
      const { code, message } = asCrisolError(failure);
      return { type: 'system/refused', error_code: code, message: `The state of ${topic} cannot be read: ${message}` };
    }
  }

  private remember(item: Published): void {
    this.remembered.push(item);
    this.chars += item.text.length;
    while (this.remembered.length > REMEMBERED_EVENTS || this.chars > REMEMBERED_CHARS) {
      const oldest = this.remembered.shift();
      this.chars -= oldest?.text.length ?? 0;
      this.forgotten = oldest?.seq ?? this.seq;
    }
  }

  private isStream(topic: Topic): boolean {
    return this.follows.has(kindOf(topic));
  }
}

function kindOf(topic: string): string {
  const colon = topic.indexOf(':');
  return colon < 0 ? topic : topic.slice(0, colon);
}
