/** Time is handed in, so that tests decide how long a wait is. */
export interface Clock {
  /** runs `action` once after `ms`; the answer cancels it */
  after(ms: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};
