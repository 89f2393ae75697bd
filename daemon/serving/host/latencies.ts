const WINDOW = 2048;

/** Percentiles of the newest durations, in milliseconds, in a fixed amount of memory. */
export class Latencies {
  private readonly ring = new Float64Array(WINDOW);
  private count = 0;

  add(ms: number): void {
    this.ring[this.count++ % WINDOW] = ms;
  }

  /** nearest rank; null before the first */
  percentiles(...shares: number[]): (number | null)[] {
    const sorted = this.ring.slice(0, Math.min(this.count, WINDOW)).sort();
    return shares.map((share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null);
  }
}
