import { CANCELLED } from './exit-codes.ts';

/** Ctrl+C, also before there is something to cancel. A second one leaves once the cancelling is told, a third one at once. */
export class Interruption {
  private times = 0;
  private action: (() => Promise<unknown>) | undefined;
  private acting: Promise<unknown> | undefined;
  private readonly listener = () => this.ask();

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, this.listener);
  }

  get isAsked(): boolean {
    return this.times > 0;
  }

  /** What is to be done then, once; it fails in silence, since whoever follows the work hears what became of it. */
  do(action: () => Promise<unknown>): void {
    this.action = action;
    if (this.isAsked) this.act();
  }

  dispose(): void {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, this.listener);
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
