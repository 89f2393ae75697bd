/** Any number of works at once, or one that needs to be alone: it waits for them, and those who come later for it. */
export class Gate {
  private readonly under = new Set<Promise<unknown>>();
  private alone: Promise<unknown> = Promise.resolve();

  async shared<T>(work: () => Promise<T>): Promise<T> {
    for (let seen: Promise<unknown> | undefined; seen !== this.alone; ) {
      seen = this.alone;
      await seen;
    }
    return this.counted(work());
  }

  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    const before = this.alone;
    const mine = (async () => {
      await before;
      await Promise.allSettled(this.under);
      return work();
    })();
    this.alone = mine.catch(() => {});
    return mine;
  }

  private async counted<T>(work: Promise<T>): Promise<T> {
    this.under.add(work);
    try {
      return await work;
    } finally {
      this.under.delete(work);
    }
  }
}
