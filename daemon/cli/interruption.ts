import { CANCELLED } from './exit-codes.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Ctrl+C, also before there is something to cancel. A second one leaves once the cancelling is told, a third one at once. */
export class Interruption {
  private times = 0;
  private action: (() => Promise<unknown>) | undefined;
  private acting: Promise<unknown> | undefined;

  private constructor() {}

  static async during(work: (interrupted: Interruption) => Promise<void>): Promise<void> {
    const interrupted = new Interruption();
    const listener = () => interrupted.ask();
    for (const signal of SIGNALS) process.on(signal, listener);
    try {
      await work(interrupted);
    } finally {
      for (const signal of SIGNALS) process.off(signal, listener);
    }
  }

  get isAsked(): boolean {
    return this.times > 0;
  }

  /** What is to be done then, once; it fails in silence, since whoever follows the work hears what became of it. */
  do(action: () => Promise<unknown>): void {
    this.action = action;
    if (this.isAsked) this.act();
  }

  private ask(): void {
    this.times++;
    if (this.times === 1) this.act();
    else if (this.times === 2) void Promise.resolve(this.acting).then(() => process.exit(CANCELLED));
    else process.exit(CANCELLED);
  }

  private act(): void {
    this.acting ??= this.action?.().catch(() => {});
  }
}
