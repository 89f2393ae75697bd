/** Time is injected, so that tests decide what time it is. */
export interface Clock {
  /** milliseconds since 1970 */
  now(): number;
  /** runs `action` once after `ms`; the answer cancels it */
  after(ms: number, action: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};
