import { Waiting } from './waiting.ts';

/** So many at the same time at most. */
export class Turns {
  private free: number;
  private readonly waiting = new Waiting<object>(
    () => this.free > 0,
    () => void this.free--,
  );

  constructor(most: number) {
    this.free = most;
  }

  async acquire(signal: AbortSignal): Promise<() => void> {
    await this.waiting.wait({}, signal);
    return this.given();
  }

  /** Of one that is under way already. */
  take(): () => void {
    this.free--;
    return this.given();
  }

  private given(): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.free++;
      this.waiting.serve();
    };
  }
}
