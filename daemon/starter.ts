import type { StartPipeline } from '../schemas/wire/pipelines.ts';
import type { DaemonReport } from './life/index.ts';
import { HEARD } from './life/index.ts';

/** Whoever started the daemon, at the other end of a channel: it may want a run, and waits for one word. */
export class Starter {
  private hasHeard = false;
  private readonly said = Promise.withResolvers<StartPipeline | undefined>();
  private readonly leaving = new AbortController();

  constructor() {
    process.on('message', (message: StartPipeline | typeof HEARD) => {
      if (message === HEARD) this.hasHeard = true;
      else this.said.resolve(message);
    });
    // its channel closes, we stay
    process.on('disconnect', () => {
      if (!this.hasHeard) this.leaving.abort();
      this.said.resolve(undefined);
    });
  }

  /** Aborts when it left before it heard anything, as with a second Ctrl+C: nobody would know of its run. */
  get left(): AbortSignal {
    return this.leaving.signal;
  }

  /** What it wants; undefined when it left without a word. It asks again for what is not begun. */
  wanted(): Promise<StartPipeline | undefined> {
    return process.connected ? this.said.promise : Promise.resolve(undefined);
  }

  /** Answers once it is sent: an exit before that would swallow it. */
  tell(report: DaemonReport): Promise<void> {
    return new Promise((resolve) => {
      if (process.send) process.send(report, () => resolve());
      else resolve();
    });
  }
}
