import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { doJob } from '../jobs/do.ts';
import type { Job, Results } from '../jobs/job.ts';
import { Helper } from './helper.ts';

/** So many threads are as fast as a disk. */
const MOST_HELPERS = 3;
/** A helper finds its next job when it has done one. */
const AHEAD = 2;
/** Files from here on are read for so long that others' short jobs must not wait for them. */
const MOST_LONG_JOBS = 2;

interface Waiting {
  job: Job;
  resolve: (result: never) => void;
  reject: (reason: unknown) => void;
}

/** Does jobs on this thread and, where there is more than one, on others, whoever is free. */
export class Crew {
  private readonly helpers: Helper[] = [];
  private readonly waiting: Waiting[] = [];
  private readonly waitingLong: Waiting[] = [];
  private long = 0;
  private isBusy = false;
  private isAlone = false;

  do<J extends Job>(job: J): Promise<Results[J['do']]> {
    return this.enqueue(this.waiting, job);
  }

  /** Without helpers, as long as somebody else needs the processors more. */
  beAlone(isAlone: boolean): void {
    this.isAlone = isAlone;
    this.pump();
  }

  /** One that takes its time, and lets others' work be done in between. */
  doLong<J extends Job>(job: J): Promise<Results[J['do']]> {
    return this.enqueue(this.waitingLong, job);
  }

  /** All of them at once; the first failure is told when none is under way any more. */
  async doAll<J extends Job>(jobs: readonly J[]): Promise<Results[J['do']][]> {
    const settled = await Promise.allSettled(jobs.map((job) => this.do(job)));
    return settled.map((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
  }

  private enqueue<J extends Job>(queue: Waiting[], job: J): Promise<Results[J['do']]> {
    return new Promise((resolve, reject) => {
      queue.push({ job, resolve, reject });
      this.pump();
    });
  }

  private pump(): void {
    if (!this.isAlone && this.waiting.length + this.waitingLong.length > 1) this.callHelpers();
    while (this.waiting.length > 0) {
      const helper = this.freest();
      if (helper && helper.underWay < AHEAD) this.hand(helper, this.waiting.shift());
      else if (!this.isBusy) void this.doMyself(this.waiting.shift());
      else break;
    }
    while (this.waitingLong.length > 0 && this.long < MOST_LONG_JOBS) void this.doLongOne(this.waitingLong.shift());
  }

  private async doMyself(next: Waiting | undefined): Promise<void> {
    if (!next) return;
    this.isBusy = true;
    // what helpers answered and others ask is heard in between
    await setImmediate();
    await settle(next, () => doJob(next.job));
    this.isBusy = false;
    this.pump();
  }

  private async doLongOne(next: Waiting | undefined): Promise<void> {
    if (!next) return;
    this.long++;
    const helper = this.long > 1 ? this.freest() : undefined;
    await settle(next, () => helper?.do(next.job) ?? doJob(next.job));
    this.long--;
    this.pump();
  }

  private hand(helper: Helper, next: Waiting | undefined): void {
    if (next) void settle(next, () => helper.do(next.job)).then(() => this.pump());
  }

  private freest(): Helper | undefined {
    const ready = this.helpers.filter((helper) => helper.isReady);
    return ready.sort((one, other) => one.underWay - other.underWay)[0];
  }

  private callHelpers(): void {
    const wanted = Math.min(availableParallelism() - 1, MOST_HELPERS);
    while (this.helpers.length < wanted) {
      const helper = new Helper({
        onReady: () => this.pump(),
        onEnd: () => this.helpers.splice(this.helpers.indexOf(helper), 1),
      });
      this.helpers.push(helper);
    }
  }
}

async function settle(waiting: Waiting, work: () => Promise<Results[Job['do']]>): Promise<void> {
  try {
    waiting.resolve((await work()) as never);
  } catch (failure) {
    waiting.reject(failure);
  }
}
