import type { ToTablePanel } from '../../schemas/panels/table.ts';
import type { RoomMessage } from '../daemon/link.ts';
import type { Surface } from './conversation.ts';
import type { ConversationPorts } from './ports.ts';

/** So long changes are gathered: runs that log a hundred times a second are read twice in it. */
const GATHER_MS = 500;
const RUNS_AT_ONCE = 100;

/** Runs of an experiment that are new or changed, or went: told in few messages, and with all that a table shows of them. */
export class ChangedRuns {
  private readonly waiting = new Set<string>();
  private readonly removed = new Set<string>();
  /** those of the table: one of them may be moved to another experiment */
  private readonly known = new Set<string>();
  private held = true;
  private cancel: (() => void) | undefined;
  private readonly id: string;
  private readonly surface: Surface<ToTablePanel>;
  private readonly ports: Pick<ConversationPorts, 'api' | 'clock'>;

  constructor(id: string, surface: Surface<ToTablePanel>, ports: Pick<ConversationPorts, 'api' | 'clock'>) {
    this.id = id;
    this.surface = surface;
    this.ports = ports;
  }

  hear(message: RoomMessage): void {
    if (message.type === 'tracking/run-removed') this.note(message.run_id, false);
    if (message.type === 'tracking/run') this.note(message.run.run_id, message.run.experiment_id === this.id);
  }

  know(runIds: readonly string[]): void {
    for (const id of runIds) this.known.add(id);
  }

  /** While all is read, what changes waits: a page may be older. */
  hold(): void {
    this.held = true;
    this.known.clear();
  }

  release(): void {
    this.held = false;
    if (this.waiting.size + this.removed.size > 0) this.later();
  }

  dispose(): void {
    this.cancel?.();
    this.held = true;
  }

  private note(runId: string, isHere: boolean): void {
    if (!isHere && !this.held && !this.known.has(runId)) return;
    this.waiting.delete(runId);
    this.removed.delete(runId);
    (isHere ? this.waiting : this.removed).add(runId);
    if (!this.held) this.later();
  }

  private later(): void {
    this.cancel ??= this.ports.clock.after(GATHER_MS, () => {
      this.cancel = undefined;
      void this.tell();
    });
  }

  private async tell(): Promise<void> {
    if (this.held) return;
    const removed = [...this.removed];
    const changed = [...this.waiting].slice(0, RUNS_AT_ONCE);
    this.removed.clear();
    for (const id of changed) this.waiting.delete(id);
    // a page that does not stand reads all when it does
    if (!this.surface.standing) return;
    if (removed.length > 0) this.surface.post({ type: 'table/removed', run_ids: removed });
    for (const id of removed) this.known.delete(id);
    if (changed.length > 0) await this.tellRuns(changed);
    if (this.waiting.size > 0) this.later();
  }

  private async tellRuns(run_ids: string[]): Promise<void> {
    try {
      const page = await this.ports.api.runTable(this.id, { run_ids });
      if (this.held) this.putBack(run_ids);
      else {
        this.know(page.run_ids);
        this.surface.post({ type: 'table/runs', page });
      }
    } catch {
      // the daemon is away: when it is back, all is read again or these are told with what comes next
      this.putBack(run_ids);
    }
  }

  private putBack(runIds: readonly string[]): void {
    for (const id of runIds) if (!this.removed.has(id)) this.waiting.add(id);
  }
}
