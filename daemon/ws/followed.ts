import type { Topic } from '../../schemas/wire/events.ts';

interface Followed {
  clients: number;
  /** nothing of the topic was left out after this number */
  since: number;
}

/** So many topics that nobody follows any more are still told of: whoever was cut off comes back to them. */
const MOST_LEFT = 1_000;

/** Which topics somebody listens to, or may come back to. Of all others nothing need be told. */
export class FollowedTopics {
  private readonly now = new Map<Topic, Followed>();
  /** the one left longest ago first */
  private readonly left = new Map<Topic, Followed['since']>();

  /** One more client; `seq` is the newest number. Answers whether it is the only one. */
  add(topic: Topic, seq: number): boolean {
    const known = this.now.get(topic);
    if (known) known.clients++;
    else this.now.set(topic, { clients: 1, since: this.left.get(topic) ?? seq });
    this.left.delete(topic);
    return known === undefined;
  }

  /** One client less. Answers whether there is none any more. */
  remove(topic: Topic): boolean {
    const known = this.now.get(topic);
    if (!known || --known.clients > 0) return false;
    this.leave(topic, known);
    return true;
  }

  private leave(topic: Topic, known: Followed): void {
    this.now.delete(topic);
    this.left.set(topic, known.since);
    for (const oldest of this.left.keys()) {
      if (this.left.size <= MOST_LEFT) return;
      this.left.delete(oldest);
    }
  }

  has(topic: Topic): boolean {
    return this.now.has(topic) || this.left.has(topic);
  }

  /** Whether everything of the topic after this number was told. */
  isWholeSince(topic: Topic, seq: number): boolean {
    const since = this.now.get(topic)?.since ?? this.left.get(topic);
    return since !== undefined && since <= seq;
  }
}
