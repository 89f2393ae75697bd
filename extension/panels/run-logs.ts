import type { FromRunsPanel, ToRunsPanel } from '../../schemas/panels/runs.ts';
import type { LogPlace } from '../../schemas/wire/pipelines.ts';
import type { Subscription } from '../daemon/link.ts';
import { problemOf } from './connection.ts';
import type { Surface } from './conversation.ts';
import type { ConversationPorts } from './ports.ts';

type Ports = Pick<ConversationPorts, 'link' | 'api'>;

/** The outputs that a run's panel shows: what is printed is passed on as it comes, and what it asks for is read. */
export class RunLogs {
  private readonly runId: string;
  private readonly surface: Surface<ToRunsPanel>;
  private readonly ports: Ports;
  private readonly followed = new Map<string, Subscription>();

  constructor(runId: string, surface: Surface<ToRunsPanel>, ports: Ports) {
    this.runId = runId;
    this.surface = surface;
    this.ports = ports;
  }

  receive(message: FromRunsPanel): void {
    if (message.type === 'runs/follow-log') this.follow(message.step);
    if (message.type === 'runs/leave-log') this.leave(message.step);
    if (message.type === 'runs/read-log') void this.read(message);
    if (message.type === 'runs/search-log') void this.search(message);
  }

  /** The page is another one, which asks anew for what it shows; or there is none any more. */
  leaveAll(): void {
    for (const step of [...this.followed.keys()]) this.leave(step);
  }

  private follow(step: string): void {
    if (this.followed.has(step)) return;
    const subscription = this.ports.link.subscribe(`log:${this.runId}/${step}`, (message) => {
      if (message.type !== 'log/part' && message.type !== 'log/snapshot') return;
      if (this.surface.standing) this.surface.post({ type: 'runs/log', step, log: message.log });
      else this.leave(step);
    });
    this.followed.set(step, subscription);
  }

  private leave(step: string): void {
    this.followed.get(step)?.dispose();
    this.followed.delete(step);
  }

  private async read({ step, place, to }: FromRunsPanel & { type: 'runs/read-log' }): Promise<void> {
    const page = (place: LogPlace) => this.ports.api.stepLog(this.runId, step, place);
    try {
      const log = await page(place);
      if (!to) return this.surface.post({ type: 'runs/log', step, log, isAnswer: true });
      // a line is shown among others
      const before = to === 'found' ? await page({ before: log.offset, attempt: log.attempt }) : undefined;
      this.surface.post({ type: 'runs/log-moved', step, to, log, before });
    } catch (thrown) {
      this.surface.post({ type: 'runs/log-failed', step });
      this.surface.post({ type: 'problem', problem: problemOf(thrown) });
    }
  }

  private async search({ step, id, search }: FromRunsPanel & { type: 'runs/search-log' }): Promise<void> {
    try {
      const finding = await this.ports.api.searchLog(this.runId, step, search);
      this.surface.post({ type: 'runs/log-finding', step, id, finding });
    } catch (thrown) {
      this.surface.post({ type: 'runs/log-finding', step, id, finding: null });
      this.surface.post({ type: 'problem', problem: problemOf(thrown) });
    }
  }
}
