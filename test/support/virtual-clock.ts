import type { Clock } from '../../daemon/base/clock.ts';

interface Planned {
  at: number;
  action: () => void;
}

/** A clock that stands still until a test moves it. */
export class VirtualClock implements Clock {
  private time: number;
  private readonly plans = new Set<Planned>();

  constructor(start: number | Date = Date.UTC(2026, 0, 1)) {
    this.time = Number(start);
  }

  now(): number {
    return this.time;
  }

  after(ms: number, action: () => void): () => void {
    const plan = { at: this.time + Math.max(0, ms), action };
    this.plans.add(plan);
    return () => void this.plans.delete(plan);
  }

  /** How many actions wait for their time. */
  get waiting(): number {
    return this.plans.size;
  }

  /** Lets time pass: each action runs at its own moment, in order, and what it started settles before the next. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    for (let plan = this.next(end); plan; plan = this.next(end)) {
      this.plans.delete(plan);
      this.time = plan.at;
      plan.action();
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.time = end;
  }

  private next(end: number): Planned | undefined {
    const due = [...this.plans].filter(({ at }) => at <= end);
    return due.sort((a, b) => a.at - b.at)[0];
  }
}
