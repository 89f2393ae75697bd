import type { ChildProcess } from 'node:child_process';
import { closeSync, constants, existsSync, mkdirSync, openSync } from 'node:fs';
import { note, openJournal } from '../local/journal.ts';
import type { StepPlace } from '../local/places.ts';
import type { StepProcess } from '../local/protocol.ts';
import type { StepExit, StepUsage } from '../port.ts';
import { processes } from '../processes/index.ts';
import { StepGroup } from './group.ts';
import { launch, reasonNotStarted } from './launch.ts';
import { afterLong } from './long-timer.ts';
import type { UsageWatch } from './usage.ts';

export interface StepParts {
  task: StepProcess;
  /** where all of Crisol lies, which is never made anew: who removed it has no use for a part of it */
  home: string;
  place: StepPlace;
  instance: string;
  /** of this step alone, in the environment of all that it starts */
  mark: { name: string; value: string };
  usage: UsageWatch;
  /** one with its id was begun before */
  refused(): void;
  started(): void;
  used(usage: StepUsage): void;
  /** nothing of it lives any more */
  ended(exit: StepExit): void;
}

type Cause = 'cancelled' | 'timeout' | 'lost';

const REASONS: Record<Cause, (task: StepProcess) => string> = {
  cancelled: () => 'it was cancelled',
  timeout: ({ timeoutMs }) => `it took longer than ${(timeoutMs ?? 0) / 1000} seconds`,
  lost: () => 'what looked after it was told to end',
};

/** One attempt of a step, from its start to its end. */
export class SupervisedStep {
  private readonly parts: StepParts;
  private group: StepGroup | undefined;
  private cause: Cause | undefined;
  private stopTimeout = () => {};

  constructor(parts: StepParts) {
    this.parts = parts;
  }

  begin(): void {
    const { task, home, place, instance } = this.parts;
    let journal: number | undefined;
    try {
      if (!existsSync(home)) throw new Error(`${home} was removed`);
      mkdirSync(place.folder, { recursive: true });
      journal = openJournal(place.journal);
      if (journal === undefined) {
        this.parts.refused();
        return;
      }
      // before it starts: whoever finds this, and nothing after it, knows that it may have run
      note(journal, { instance });
      this.follow(this.launch(), journal);
    } catch (failure) {
      this.fail(reasonNotStarted(task, failure));
    } finally {
      if (journal !== undefined) closeSync(journal);
    }
  }

  end(cause: Cause): void {
    this.cause ??= cause;
    this.group?.end(this.parts.task.graceMs);
  }

  private launch(): ChildProcess {
    const { task, place, mark } = this.parts;
    const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW = 0 } = constants;
    const output = openSync(place.log, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o600);
    try {
      return launch(task, output, { [mark.name]: mark.value });
    } finally {
      closeSync(output);
    }
  }

  private follow(child: ChildProcess, journal: number): void {
    const { task, mark, usage, used, started } = this.parts;
    const { pid } = child;
    child.once('error', (error) => pid === undefined && this.fail(reasonNotStarted(task, error)));
    if (pid === undefined) return;
    this.group = new StepGroup(pid, `${mark.name}=${mark.value}\0`);
    usage.add(pid, used);
    child.once('exit', (code, signal) => void this.settle(pid, code, signal));
    if (task.timeoutMs !== null) this.stopTimeout = afterLong(task.timeoutMs, () => this.end('timeout'));
    started();
    tryToNote(journal, pid);
  }

  private async settle(pid: number, code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    this.stopTimeout();
    const usage = await this.parts.usage.end(pid);
    await this.group?.afterLeader();
    this.parts.ended({ code, usage, ...this.how(signal) });
  }

  private how(signal: NodeJS.Signals | null): Pick<StepExit, 'how' | 'reason'> {
    if (this.cause) return { how: this.cause, reason: REASONS[this.cause](this.parts.task) };
    return signal ? { how: 'signalled', reason: `it was ended by ${signal}` } : { how: 'exited' };
  }

  private fail(reason: string): void {
    this.parts.ended({ code: null, how: 'not-started', reason });
  }
}

/** It helps to find the step where environments are hidden; on a full disk it runs all the same. */
function tryToNote(journal: number, pid: number): void {
  try {
    note(journal, { pid, born: processes.born(pid) });
  } catch {
    // the mark is there
  }
}
