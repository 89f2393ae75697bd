import type { StepLog } from '../../../schemas/wire/pipelines.ts';
import type { Disposable } from '../../base/disposables.ts';
import type { StepHandle } from '../executors/port.ts';
import type { Attempt } from './attempt.ts';
import { endOf, logOf, readAttempt } from './attempt.ts';

/** Of what was printed since the last time, at most so much is told with its words. */
const MOST_TOLD = 64 * 1024;

interface FollowerParts {
  /** the newest */
  attempt(): Promise<Attempt>;
  /** heard when there may be another attempt, or the last has ended */
  onChange(changed: () => void): Disposable;
  tell(log: StepLog): void;
}

/**
 * Tells what a step prints, as it comes: a little with its words, of more than that only that it is there. So a script that
 * prints faster than anybody reads costs nothing; whoever wants all of it reads it in pages.
 */
export class LogFollower implements Disposable {
  private readonly parts: FollowerParts;
  private readonly changes: Disposable;
  private attempt: number | undefined;
  private handle: StepHandle | undefined;
  private heard: Disposable | undefined;
  /** undefined until its size is known: what was there before is read by those who want it */
  private offset: number | undefined;
  private isOver = false;
  private isLooking = false;
  private isWanted = false;

  constructor(parts: FollowerParts) {
    this.parts = parts;
    this.changes = parts.onChange(() => this.look());
    this.look();
  }

  dispose(): void {
    this.isOver = true;
    this.changes.dispose();
    this.heard?.dispose();
  }

  private look(): void {
    this.isWanted = true;
    if (this.isLooking || this.isOver) return;
    this.isLooking = true;
    void this.lookOn().finally(() => {
      this.isLooking = false;
    });
  }

  private async lookOn(): Promise<void> {
    while (this.isWanted && !this.isOver) {
      this.isWanted = false;
      try {
        await this.tellNew();
      } catch {
        // the run was removed meanwhile: nothing follows
        this.dispose();
      }
    }
  }

  private async tellNew(): Promise<void> {
    const now = await this.parts.attempt();
    if (this.isOver) return;
    const isOther = this.takes(now);
    const log = logOf(now, await this.newIn(now));
    if (this.isOver || !(isOther || log.text !== '' || log.bytes > log.next_offset || log.ended)) return;
    const told = log.bytes > log.next_offset ? { ...log, text: '', offset: log.bytes, next_offset: log.bytes } : log;
    this.offset = told.next_offset;
    this.parts.tell(told);
    if (told.ended) this.dispose();
  }

  /** Whether it is another one than before. */
  private takes({ number, handle }: Attempt): boolean {
    if (this.handle !== handle) {
      this.heard?.dispose();
      this.heard = handle?.onLog(() => this.look());
      this.handle = handle;
    }
    if (this.attempt === number) return false;
    // of another attempt nobody has read anything
    this.offset = this.attempt === undefined ? undefined : 0;
    this.attempt = number;
    return true;
  }

  private newIn(now: Attempt) {
    return this.offset === undefined ? endOf(now) : readAttempt(now, { offset: this.offset }, MOST_TOLD);
  }
}
