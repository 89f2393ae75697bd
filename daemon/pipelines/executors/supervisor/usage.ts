import type { StepUsage } from '../port.ts';
import { processes } from '../processes/index.ts';
import { endedChildrenSeconds } from '../processes/linux.ts';

/** Soon at first, since many steps are short; then seldom: each look goes through all processes of the machine. */
const FIRST_MS = 50;
const LATER_MS = 1_000;
/** Also when steps are started all the time. */
const BETWEEN_MS = 250;

interface Watched {
  leader: number;
  since: number;
  cpuSeconds: number;
  maxMemoryBytes: number | null;
  told: (usage: StepUsage) => void;
}

/** What steps use, looked at only while some run. */
export class UsageWatch {
  private readonly watched = new Map<number, Watched>();
  private timer: NodeJS.Timeout | undefined;
  private lookedAt = -BETWEEN_MS;
  private due = 0;
  private childrenSeconds = 0;
  private ended: { step: Watched; settle: (usage: StepUsage) => void }[] = [];

  add(leader: number, told: (usage: StepUsage) => void): void {
    this.watched.set(leader, { leader, since: performance.now(), cpuSeconds: 0, maxMemoryBytes: null, told });
    const soon = Math.max(performance.now() + FIRST_MS, this.lookedAt + BETWEEN_MS);
    if (this.timer === undefined || this.due > soon) this.plan(soon, FIRST_MS);
  }

  /**
   * What it used in all. The system adds up what children that have ended used: the difference is that of the one that ended
   * last, or of those that ended in the same turn, which share it by what was seen of them.
   */
  end(leader: number): Promise<StepUsage | undefined> {
    const step = this.watched.get(leader);
    if (!step) return Promise.resolve(undefined);
    this.watched.delete(leader);
    if (this.watched.size === 0) this.stop();
    return new Promise((settle) => {
      this.ended.push({ step, settle });
      if (this.ended.length === 1) setImmediate(() => this.share());
    });
  }

  private share(): void {
    const all = process.platform === 'linux' ? endedChildrenSeconds() : 0;
    const ended = this.ended.splice(0);
    const seen = ended.reduce((sum, { step }) => sum + step.cpuSeconds, 0);
    const rest = Math.max(0, all - this.childrenSeconds - seen) / ended.length;
    this.childrenSeconds = all;
    for (const { step, settle } of ended) settle(usageOf({ ...step, cpuSeconds: step.cpuSeconds + rest }));
  }

  private plan(due: number, before: number): void {
    this.stop();
    this.due = due;
    this.timer = setTimeout(() => this.look(before), due - performance.now());
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private look(before: number): void {
    this.lookedAt = performance.now();
    const used = processes.usage([...this.watched.keys()]);
    for (const step of this.watched.values()) {
      const now = used.get(step.leader);
      if (!now) continue;
      step.cpuSeconds = Math.max(step.cpuSeconds, now.cpuSeconds);
      step.maxMemoryBytes = Math.max(step.maxMemoryBytes ?? 0, now.memoryBytes);
      step.told(usageOf(step));
    }
    const next = Math.min(before * 2, LATER_MS);
    this.plan(this.lookedAt + next, next);
  }
}

function usageOf({ since, cpuSeconds, maxMemoryBytes }: Watched): StepUsage {
  return { cpuSeconds, maxMemoryBytes, seconds: (performance.now() - since) / 1000 };
}
