import { normalBetween, ROOT_TWO_PI } from '../../numerics/normal.ts';
import type { NumericDimension } from '../../space/dimension.ts';
import { snapped } from '../../space/dimension.ts';
import type { Kernels, ParzenOptions, Weighed } from './kernels.ts';
import { widthsOf } from './widths.ts';

/** So many widths away nothing is left beside the prior: less than 10⁻³². */
const FAR = 12;

/**
 * Normal kernels that end where the range does. Params on a logarithmic scale are seen through the logarithm. Those with steps
 * give masses: of all that is nearer to a value than to its neighbours, for which the range is half a step wider on each side.
 */
export class NumberKernels implements Kernels {
  readonly count: number;
  readonly centres: Float64Array;
  readonly widths: Float64Array;
  readonly range: [number, number];
  private readonly dimension: NumericDimension;
  /** of each kernel what lies within the range and, for densities, what makes them one: by its logarithm */
  private readonly scales: Float64Array;
  /** several candidates may have the same of few values */
  private readonly masses = new Map<number, Float64Array>();

  constructor(dimension: NumericDimension, observed: Float64Array, options: ParzenOptions) {
    this.dimension = dimension;
    this.range = [this.seen(this.below(dimension.low)), this.seen(this.above(dimension.high))];
    const [low, high] = this.range;
    this.count = observed.length + 1;
    this.centres = new Float64Array(this.count).fill((low + high) / 2);
    for (let k = 0; k < observed.length; k++) this.centres[k] = this.seen(observed[k] as number);
    this.widths = new Float64Array(this.count).fill(high - low);
    this.widths.set(widthsOf(this.centres.subarray(0, observed.length), this.range, options));
    this.scales = new Float64Array(this.count);
    for (let k = 0; k < this.count; k++) this.scales[k] = this.scaleOf(k);
  }

  weigh(value: number, { logs, factors }: Weighed): void {
    if (this.dimension.step === null) {
      this.addDensities(this.seen(value), logs);
      return;
    }
    const masses = this.masses.get(value) ?? this.massesOf(value);
    this.masses.set(value, masses);
    for (let k = 0; k < this.count; k++) factors[k] = (factors[k] as number) * (masses[k] as number);
  }

  draw(k: number, random: () => number): number {
    const [low, high] = this.range;
    const [centre, width] = [this.centres[k] as number, this.widths[k] as number];
    const within = normalWithin((low - centre) / width, (high - centre) / width, random);
    const drawn = centre + width * within;
    return snapped(this.dimension, this.dimension.log ? Math.exp(drawn) : drawn);
  }

  private scaleOf(k: number): number {
    const [low, high] = this.range;
    const centre = this.centres[k] as number;
    const width = this.widths[k] as number;
    const within = normalBetween((low - centre) / width, (high - centre) / width);
    return this.dimension.step === null ? Math.log(within * width * ROOT_TWO_PI) : within;
  }

  private addDensities(value: number, logs: Float64Array): void {
    const { centres, widths, scales, range, count } = this;
    if (value < range[0] || value > range[1]) logs.fill(Number.NEGATIVE_INFINITY);
    for (let k = 0; k < count; k++) {
      const z = (value - (centres[k] as number)) / (widths[k] as number);
      logs[k] = (logs[k] as number) - 0.5 * z * z - (scales[k] as number);
    }
  }

  private massesOf(value: number): Float64Array {
    const from = this.seen(this.below(value));
    const to = this.seen(this.above(value));
    const masses = new Float64Array(this.count);
    for (let k = 0; k < this.count; k++) {
      const centre = this.centres[k] as number;
      const width = this.widths[k] as number;
      // most kernels are far away
      const far = FAR * width;
      if (from - centre > far || centre - to > far) continue;
      masses[k] = normalBetween((from - centre) / width, (to - centre) / width) / (this.scales[k] as number);
    }
    return masses;
  }

  private seen(value: number): number {
    return this.dimension.log ? Math.log(value) : value;
  }

  private below(value: number): number {
    return value - (this.dimension.step ?? 0) / 2;
  }

  private above(value: number): number {
    return value + (this.dimension.step ?? 0) / 2;
  }
}

/** Each fails twice in three times at most, with both of its numbers: all of them never do. */
const TRIES = 200;

/**
 * From a standard normal between two places on both sides of its middle, at least 1 apart: so a third of what is drawn is
 * within at the very least. Box and Muller's way. Where numbers are too small to be told apart, it is what is nearest.
 */
function normalWithin(from: number, to: number, random: () => number): number {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const radius = Math.sqrt(-2 * Math.log1p(-random()));
    const angle = 2 * Math.PI * random();
    for (const drawn of [radius * Math.cos(angle), radius * Math.sin(angle)])
      if (drawn >= from && drawn <= to) return drawn;
  }
  return Math.min(Math.max(0, from || 0), to || 0);
}
