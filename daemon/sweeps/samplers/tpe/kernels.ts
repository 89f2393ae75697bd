/** Of one param the part of each kernel: one an observation, oldest first, and the prior at the end. */
export interface Kernels {
  readonly count: number;
  /** adds to `sums[k]` the logarithm of what kernel `k` gives to `value`: a density, or the mass of a step */
  addLogDensity(value: number, sums: Float64Array): void;
  /** a value from kernel `k` */
  draw(k: number, random: () => number): number;
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
