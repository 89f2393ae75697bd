import type { StepUsage } from '../port.ts';
import { processes } from '../processes/index.ts';
import { endedChildrenSeconds } from '../processes/linux.ts';

/** Soon at first, since many steps are short; then seldom: each look goes through all processes of the machine. */
const FIRST_MS = 50;
const LATER_MS = 1_000;

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
  private childrenSeconds = 0;
  private ended: { step: Watched; settle: (usage: StepUsage) => void }[] = [];

  add(leader: number, told: (usage: StepUsage) => void): void {
    this.watched.set(leader, { leader, since: performance.now(), cpuSeconds: 0, maxMemoryBytes: null, told });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(FIRST_MS), FIRST_MS);
  }

  /**
   * What it used in all. The system adds up what children that have ended used: the difference is that of the one that ended
   * last, or of those that ended in the same turn, which share it by what was seen of them.
   */
  end(leader: number): Promise<StepUsage | undefined> {
    const step = this.watched.get(leader);
    if (!step) return Promise.resolve(undefined);
    this.watched.delete(leader);
    if (this.watched.size === 0) clearTimeout(this.timer);
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

  private look(before: number): void {
    const used = processes.usage([...this.watched.keys()]);
    for (const step of this.watched.values()) {
      const now = used.get(step.leader);
      if (!now) continue;
      step.cpuSeconds = Math.max(step.cpuSeconds, now.cpuSeconds);
      step.maxMemoryBytes = Math.max(step.maxMemoryBytes ?? 0, now.memoryBytes);
      step.told(usageOf(step));
    }
    const next = Math.min(before * 2, LATER_MS);
    if (this.watched.size > 0) this.timer = setTimeout(() => this.look(next), next);
  }
}

function usageOf({ since, cpuSeconds, maxMemoryBytes }: Watched): StepUsage {
  return { cpuSeconds, maxMemoryBytes, seconds: (performance.now() - since) / 1000 };
}
