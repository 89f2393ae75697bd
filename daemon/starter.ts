import type { StartPipeline } from '../schemas/wire/pipelines.ts';
import type { DaemonReport } from './life/index.ts';

/** Whoever started the daemon, at the other end of a channel: it may want a run, and waits for one word. */
export class Starter {
  private isTold = false;
  private readonly leaving = new AbortController();

  constructor() {
    // its channel closes, we stay
    process.on('disconnect', () => {
      if (!this.isTold) this.leaving.abort();
    });
  }

  /** Aborts when it left before it was told anything, as with a second Ctrl+C: nobody would know of its run. */
  get left(): AbortSignal {
    return this.leaving.signal;
  }

  /** What it wants; undefined when it left without a word. It asks again for what is not begun. */
  wanted(): Promise<StartPipeline | undefined> {
    return new Promise((resolve) => {
      if (!process.connected) return resolve(undefined);
      process.once('message', (wanted) => resolve(wanted as StartPipeline));
      this.left.addEventListener('abort', () => resolve(undefined));
    });
  }

  /** Answers once it is sent: an exit before that would swallow it. */
  tell(report: DaemonReport): Promise<void> {
    this.isTold = true;
    return new Promise((resolve) => {
      if (process.send) process.send(report, () => resolve());
      else resolve();
    });
  }
}
