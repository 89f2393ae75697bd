import { setTimeout } from 'node:timers/promises';
import { processes, signal, signalGroup } from '../processes/index.ts';
import { sweep } from '../processes/sweep.ts';
import { afterLong } from './long-timer.ts';

const LOOK_EVERY_MS = 20;
/** Numbers of processes can't go around within that. */
const SHORT_MS = 2_000;

/** All that a step has started: its session, and what left that but bears its mark. */
export class StepGroup {
  private readonly leader: number;
  private readonly mark: string;
  private readonly since = performance.now();
  private leaderLives = true;
  private isForced = false;
  private stopGrace: (() => void) | undefined;

  constructor(leader: number, mark: string) {
    this.leader = leader;
    this.mark = mark;
  }

  /** Asks all to end, and ends them when their time is over. */
  end(graceMs: number): void {
    if (this.stopGrace) return;
    this.signal('SIGTERM');
    this.stopGrace = afterLong(graceMs, () => {
      this.isForced = true;
      this.signal('SIGKILL');
    });
  }

  /** After its first process has ended: answers when nothing lives any more. What was asked to end has its time for that. */
  async afterLeader(): Promise<void> {
    this.leaderLives = false;
    while (this.stopGrace && !this.isForced && this.find().length > 0) await setTimeout(LOOK_EVERY_MS);
    this.stopGrace?.();
    // where looking takes longer than a step may, only those who find a group that is still there look for what left it
    if (process.platform !== 'linux' && !signalGroup(this.leader, 'SIGKILL')) return;
    await sweep(this.hunt());
  }

  private signal(how: 'SIGTERM' | 'SIGKILL'): void {
    const found = this.find();
    for (const pid of found) signal(pid, how);
    if (found.length === 0) signalGroup(this.leader, how);
  }

  private find(): number[] {
    return processes.find(this.hunt());
  }

  private hunt() {
    const isShort = performance.now() - this.since < SHORT_MS;
    return { leaders: this.leaders(), mark: this.mark, after: isShort ? this.leader : undefined };
  }

  /** Nobody gets its number while somebody is in its group; once a process has it again, there is none. */
  private leaders(): number[] {
    const isOurs = this.leaderLives || process.platform !== 'linux' || processes.born(this.leader) === undefined;
    return isOurs ? [this.leader] : [];
  }
}
