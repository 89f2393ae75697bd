/** Acts each time that nothing was heard for so long. */
export class Silence {
  readonly #timers: NodeJS.Timeout[] = [];

  after(ms: number, act: () => void): void {
    this.#timers.push(setTimeout(act, ms).unref());
  }

  /** To be called at each message. */
  readonly heard = (): void => {
    for (const timer of this.#timers) timer.refresh();
  };
}
