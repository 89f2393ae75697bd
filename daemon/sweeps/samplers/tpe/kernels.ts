/** Of one param the part of each kernel: one an observation, oldest first, and the prior at the end. */
export interface Kernels {
  readonly count: number;
  /** lets each kernel say how likely `value` is: to what it says of the other params */
  weigh(value: number, kernels: Weighed): void;
  /** a value from kernel `k` */
  draw(k: number, random: () => number): number;
}

/** What each kernel says so far: `factors[k]` times e to the power of `logs[k]`. Densities are powers, masses are shares. */
export interface Weighed {
  logs: Float64Array;
  factors: Float64Array;
}

export interface ParzenOptions {
  /** how much the prior weighs beside one observation */
  priorWeight: number;
  /** no kernel is narrower than a share of the range, which grows as observations do */
  magicClip: boolean;
  /** whether the ends of the range are neighbours of the outermost observations */
  endpoints: boolean;
}

export const PARZEN_DEFAULTS: ParzenOptions = { priorWeight: 1, magicClip: true, endpoints: false };
