import type { Clock } from '../../base/clock.ts';
import type { HostStats, ReportedPrediction } from '../protocol.ts';
import type { Channel } from './channel.ts';

const FLUSH_MS = 50;
const FLUSH_ROWS = 256;
/** What a daemon that does not read may cost: beyond it predictions are counted, not kept. */
const MOST_QUEUED = 8192;
const STATS_MS = 1000;

/** Tells the daemon what was predicted, in batches and one batch at a time, and how the endpoint does. */
export class Reporter {
  private queue: ReportedPrediction[] = [];
  private dropped = 0;
  private sending = false;
  private flushPlanned = false;
  private statsPlanned = false;
  private lastStats = Number.NEGATIVE_INFINITY;
  private readonly channel: Pick<Channel, 'send'> | null;
  private readonly clock: Clock;

  constructor(channel: Pick<Channel, 'send'> | null, clock: Clock) {
    this.channel = channel;
    this.clock = clock;
  }

  report(predictions: readonly ReportedPrediction[]): void {
    if (!this.channel) return;
    const room = MOST_QUEUED - this.queue.length;
    for (const prediction of predictions.slice(0, room)) this.queue.push(prediction);
    this.dropped += Math.max(0, predictions.length - room);
    if (this.queue.length >= FLUSH_ROWS) this.flush();
    else this.planFlush();
  }

  /** At most once a second, and only after a request. */
  statsChanged(current: () => HostStats): void {
    if (!this.channel || this.statsPlanned) return;
    this.statsPlanned = true;
    this.clock.after(Math.max(0, this.lastStats + STATS_MS - this.clock.now()), () => {
      this.statsPlanned = false;
      this.lastStats = this.clock.now();
      this.channel?.send({ type: 'stats', stats: current() });
    });
  }

  flush(): void {
    if (!this.channel || this.sending || this.queue.length === 0) return;
    const { queue: predictions, dropped } = this;
    this.queue = [];
    this.dropped = 0;
    this.sending = true;
    this.channel.send({ type: 'predictions', predictions, dropped }, () => {
      this.sending = false;
      if (this.queue.length >= FLUSH_ROWS) this.flush();
      else if (this.queue.length > 0) this.planFlush();
    });
  }

  private planFlush(): void {
    if (this.flushPlanned || this.queue.length === 0) return;
    this.flushPlanned = true;
    this.clock.after(FLUSH_MS, () => {
      this.flushPlanned = false;
      this.flush();
    });
  }
}
