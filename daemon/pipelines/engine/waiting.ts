/**
 * Whoever wants something that is taken waits here until it is given back. Who stops waiting leaves without a trace; `fits` says
 * whether one can be served now, `order` who comes first.
 */
export class Waiting<Wish> {
  private readonly waiting: { wish: Wish; serve: () => void }[] = [];
  private readonly fits: (wish: Wish) => boolean;
  private readonly take: (wish: Wish) => void;
  private readonly order: (one: Wish, other: Wish) => number;

  constructor(fits: (wish: Wish) => boolean, take: (wish: Wish) => void, order = (_one: Wish, _other: Wish) => 0) {
    this.fits = fits;
    this.take = take;
    this.order = order;
  }

  /** Answers once it is taken; rejects with the signal's reason when it was given up before. */
  wait(wish: Wish, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    if (signal.aborted) {
      reject(signal.reason);
      return promise;
    }
    const entry = {
      wish,
      serve: () => {
        signal.removeEventListener('abort', leave);
        resolve();
      },
    };
    const leave = () => {
      this.waiting.splice(this.waiting.indexOf(entry), 1);
      reject(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    this.waiting.push(entry);
    this.serve();
    return promise;
  }

  /** Something was given back. */
  serve(): void {
    for (;;) {
      // after each, since what one takes changes whose turn it is
      const [next] = this.waiting
        .filter(({ wish }) => this.fits(wish))
        .sort((one, other) => this.order(one.wish, other.wish));
      if (!next) return;
      this.waiting.splice(this.waiting.indexOf(next), 1);
      this.take(next.wish);
      next.serve();
    }
  }
}
