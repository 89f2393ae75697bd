import { CrisolError } from './errors.ts';

/**
 * A pattern takes the product of its length and the text's, and meanwhile nobody else is answered: who goes through many
 * checks before each whether there is time left, counted from the first check of this turn of the event loop.
 */
export class Patience {
  private began: number | undefined;
  private readonly mostMs: number;

  constructor(mostMs: number) {
    this.mostMs = mostMs;
  }

  /** The next check is the first. */
  renew(): void {
    this.began = undefined;
  }

  check(): void {
    const now = performance.now();
    if (this.began === undefined) {
      this.began = now;
      setImmediate(() => this.renew());
    } else if (now - this.began > this.mostMs) {
      throw new CrisolError('INVALID_PARAMETER_VALUE', `The search was ended after ${this.mostMs / 1000} seconds.`, {
        hint: 'Search with shorter patterns, or with fewer of them.',
      });
    }
  }
}
