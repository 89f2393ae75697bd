/** Any number of works at once, or one that needs to be alone: it waits for them, and those who come later for it. */
export class Gate {
  private readonly under = new Set<Promise<unknown>>();
  private alone: Promise<unknown> = Promise.resolve();
  /** those who are alone or want to be */
  private wanted = 0;

  async shared<T>(work: () => Promise<T>): Promise<T> {
    // without one, it is counted at once: who comes later and wants to be alone waits for it
    while (this.wanted > 0) await this.alone;
    return this.counted(work());
  }

  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    const before = this.alone;
    this.wanted++;
    const mine = (async () => {
      try {
        await before;
        await Promise.allSettled(this.under);
        return await work();
      } finally {
        this.wanted--;
      }
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
