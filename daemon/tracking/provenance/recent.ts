import type { Clock } from '../../base/clock.ts';

/**
 * An answer that takes a while to find, for many who ask at about the same time: whoever asks gets one whose making began
 * at most `ageMs` before, and at most one is made at a time.
 */
export class Recent<T> {
  private readonly make: () => Promise<T>;
  private readonly clock: Clock;
  private readonly ageMs: number;
  private newest: { at: number; answer: Promise<T>; busy: boolean } | undefined;
  private next: Promise<T> | undefined;

  constructor(make: () => Promise<T>, clock: Clock, ageMs: number) {
    this.make = make;
    this.clock = clock;
    this.ageMs = ageMs;
  }

  get(): Promise<T> {
    const { newest } = this;
    if (newest && Math.abs(this.clock.now() - newest.at) <= this.ageMs) return newest.answer;
    if (!newest?.busy) return this.begin();
    this.next ??= newest.answer.then(
      () => this.begin(),
      () => this.begin(),
    );
    return this.next;
  }

  private begin(): Promise<T> {
    this.next = undefined;
    const making = { at: this.clock.now(), answer: this.make(), busy: true };
    const ended = () => {
      making.busy = false;
    };
    making.answer.then(ended, ended);
    this.newest = making;
    return making.answer;
  }
}
