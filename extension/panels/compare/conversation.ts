import type { CompareSubject, FromComparePanel, ToComparePanel } from '../../../schemas/panels/compare.ts';
import { pointsPerSeries } from '../../../schemas/panels/compare.ts';
import type { MetricPoint } from '../../../schemas/wire/tracking.ts';
import type { LinkState, RoomMessage, Subscription } from '../../daemon/link.ts';
import { connectionMessages, problemOf, tellConnection } from '../connection.ts';
import type { Conversation, Surface, Ways } from '../conversation.ts';
import type { ConversationPorts } from '../ports.ts';
import { aFewAtATime } from './a-few-at-a-time.ts';
import { ComparedRuns } from './compared-runs.ts';
import { Origins } from './origins.ts';

/** What changes is told this often: hundreds of runs arrive in a handful of messages. */
const COLLECT_MS = 50;
/** While hundreds are being read, less often: each time the panel draws all of its charts anew, which is what takes long. */
const COLLECT_MANY_MS = 250;
/** so many runs are read between two pictures anyway */
const MANY = 50;
/** The first are seen while the others are read. */
const RUNS_AT_ONCE = 25;

/**
 * Runs that are over are read once, with as many points as so many runs can show; those that go on are followed. A run that
 * is over and yet changes is followed from then on.
 */
export class CompareConversation implements Conversation<FromComparePanel> {
  private readonly runs: ComparedRuns;
  private readonly origins: Origins;
  private readonly points: number;
  private readonly followed = new Map<string, Subscription>();
  private readonly subscriptions: Subscription[];
  private readonly surface: Surface<ToComparePanel>;
  private readonly ports: ConversationPorts;
  private readonly ways: Ways;
  private readonly changed = new Set<string>();
  private news = new Map<string, Map<string, MetricPoint[]>>();
  private cancelFlush: (() => void) | undefined;
  private reading = false;
  /** the first runs are shown at once */
  private told = false;
  private disposed = false;

  constructor({ run_ids }: CompareSubject, surface: Surface<ToComparePanel>, ports: ConversationPorts, ways: Ways) {
    this.surface = surface;
    this.ports = ports;
    this.ways = ways;
    this.runs = new ComparedRuns(run_ids);
    this.points = pointsPerSeries(run_ids.length);
    this.origins = new Origins(ports.api, (message) => surface.post(message));
    this.subscriptions = [
      ports.link.subscribe('tracking', (message) => this.hearOfAll(message)),
      tellConnection(ports.link, (message) => surface.post(message)),
      ports.link.onState((state) => this.readWhenConnected(state)),
    ];
    this.readWhenConnected(ports.link.state);
  }

  tellAll(): void {
    for (const message of connectionMessages(this.ports.link.state)) this.surface.post(message);
    this.surface.post({ type: 'compare/runs', runs: this.runs.all, total: this.runs.all.length });
  }

  receive(message: FromComparePanel): void {
    const { openers } = this.ports;
    if (message.type === 'copy') openers.copy(message.text, message.what);
    if (message.type === 'compare/open') this.ways.showRun(message.run_id);
    if (message.type === 'compare/save') openers.save(message.name, message.text);
    if (message.type === 'compare/save-picture') openers.save(message.name, Buffer.from(message.base64, 'base64'));
    if (message.type === 'compare/trace') void this.origins.tell(message.run_ids);
    if (message.type === 'compare/diff') void this.diff(message);
    if (message.type === 'compare/look-closely') void this.lookClosely(message);
  }

  dispose(): void {
    this.disposed = true;
    this.cancelFlush?.();
    for (const subscription of [...this.subscriptions, ...this.followed.values()]) subscription.dispose();
  }

  private readWhenConnected(state: LinkState): void {
    if (state.kind === 'connected') void this.readAll();
  }

  private async readAll(): Promise<void> {
    if (this.reading) return;
    this.reading = true;
    try {
      const unfollowed = this.runs.ids.filter((id) => !this.followed.has(id));
      for (let at = 0; at < unfollowed.length && !this.disposed; at += RUNS_AT_ONCE)
        await this.read(unfollowed.slice(at, at + RUNS_AT_ONCE));
    } catch (thrown) {
      this.surface.post({ type: 'problem', problem: problemOf(thrown) });
    } finally {
      this.reading = false;
    }
  }

  private async read(run_ids: string[]): Promise<void> {
    const { runs } = await this.ports.api.runCurves({ run_ids, points: this.points, details: true });
    for (const { run_id, run = null, series } of runs) {
      // its snapshot may have come meanwhile
      if (this.followed.has(run_id)) continue;
      this.runs.put(run_id, run, series);
      this.tellSoon(run_id);
      if (run?.ended_at === null) this.follow(run_id);
    }
  }

  private follow(runId: string): void {
    if (this.followed.has(runId) || this.disposed) return;
    this.followed.set(
      runId,
      this.ports.link.subscribe(`run:${runId}`, (message) => this.hear(message)),
    );
  }

  private hearOfAll(message: RoomMessage): void {
    if (message.type === 'tracking/run' && this.runs.get(message.run.run_id)) this.follow(message.run.run_id);
    if (message.type === 'tracking/run-removed' && this.runs.get(message.run_id)) {
      this.runs.put(message.run_id, null, []);
      this.tellSoon(message.run_id);
    }
  }

  private hear(message: RoomMessage): void {
    if (message.type === 'run/snapshot') {
      const runId = message.topic.slice('run:'.length);
      this.runs.put(runId, message.run, message.series);
      this.tellSoon(runId);
    }
    if (message.type === 'run/detail') {
      this.runs.putDetail(message.run);
      this.tellSoon(message.run.run_id);
    }
    if (message.type === 'run/points') {
      this.runs.addPoints(message.run_id, message.series);
      this.tellPointsSoon(message.run_id, message.series);
    }
  }

  private tellSoon(runId: string): void {
    this.changed.add(runId);
    const isLong = this.reading && this.told && this.runs.ids.length > MANY;
    this.cancelFlush ??= this.ports.clock.after(isLong ? COLLECT_MANY_MS : COLLECT_MS, () => this.flush());
  }

  private tellPointsSoon(runId: string, news: { key: string; points: MetricPoint[] }[]): void {
    if (!this.surface.standing || this.changed.has(runId)) return;
    const waiting = this.news.get(runId) ?? new Map<string, MetricPoint[]>();
    this.news.set(runId, waiting);
    for (const { key, points } of news) waiting.set(key, [...(waiting.get(key) ?? []), ...points]);
    this.cancelFlush ??= this.ports.clock.after(COLLECT_MS, () => this.flush());
  }

  private flush(): void {
    this.cancelFlush = undefined;
    const runs = [...this.changed].map((id) => this.runs.get(id)).filter((run) => run !== undefined);
    const points = [...this.news]
      .filter(([run_id]) => !this.changed.has(run_id))
      .map(([run_id, byKey]) => ({ run_id, series: [...byKey].map(([key, points]) => ({ key, points })) }));
    this.changed.clear();
    this.news = new Map();
    this.told ||= runs.length > 0;
    if (runs.length > 0) this.surface.post({ type: 'compare/runs', runs, total: this.runs.all.length });
    if (points.length > 0) this.surface.post({ type: 'compare/points', points });
  }

  private async lookClosely(asked: Extract<FromComparePanel, { type: 'compare/look-closely' }>): Promise<void> {
    const { ask, keys, points } = asked;
    const parts = await aFewAtATime(asked.parts, async ({ run_id, from, to }) => {
      const { series } = await this.ports.api.runMetrics(run_id, { points, keys, from, to });
      return { run_id, from, to, series };
    }).catch(() => []); // what is seen already stays: coarser, but right
    this.surface.post({ type: 'compare/close-ups', ask, parts });
  }

  private async diff({ aspect, base, other }: Extract<FromComparePanel, { type: 'compare/diff' }>): Promise<void> {
    const side = async (run_id: string) => {
      const name = this.runs.get(run_id)?.run?.name || run_id.slice(0, 8);
      return { run_id, name, commit: aspect === 'code' ? await this.origins.commitOf(run_id) : null };
    };
    this.ports.openers.diffRuns(aspect, ...(await Promise.all([side(base), side(other)])));
  }
}
