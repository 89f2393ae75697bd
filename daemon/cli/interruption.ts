import { CANCELLED } from './exit-codes.ts';

/** Ctrl+C, also before there is something to cancel; a second one leaves at once. */
export class Interruption {
  isAsked = false;
  private action: (() => void) | undefined;
  private readonly listener = () => this.ask();

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, this.listener);
  }

  do(action: () => void): void {
    this.action = action;
    if (this.isAsked) action();
  }

  dispose(): void {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, this.listener);
  }

  private ask(): void {
    if (this.isAsked) process.exit(CANCELLED);
    this.isAsked = true;
    this.action?.();
  }
}
