import type { Dimension, Point, Space } from '../../space/dimension.ts';
import { ChoiceKernels } from './choices.ts';
import type { Kernels, ParzenOptions, Weighed } from './kernels.ts';
import { PARZEN_DEFAULTS } from './kernels.ts';
import { NumberKernels } from './numbers.ts';

/** With more observations than this the oldest count less and less. */
const COUNT_FULLY = 25;

/** e to the power of this is nothing beside any prior: less than 10⁻⁴³. */
const NOTHING = -100;

/** What observations together make likely: a mixture of one kernel each and a prior, every kernel a product over the params. */
export class Parzen {
  readonly weights: Float64Array;
  readonly axes: ReadonlyMap<string, Kernels>;

  /** `observed`: oldest first */
  constructor(space: Space, observed: readonly Point[], options: ParzenOptions = PARZEN_DEFAULTS) {
    const weights = new Float64Array(observed.length + 1).fill(observed.length === 0 ? 1 : options.priorWeight);
    weights.set(observationWeights(observed.length));
    this.weights = normalized(weights);
    this.axes = new Map(
      [...space].map(([name, dimension]) => [name, kernelsOf(dimension, valuesOf(name, observed), options)]),
    );
  }

  logDensity(point: Point): number {
    const kernels = { logs: new Float64Array(this.weights.length), factors: this.weights.slice() };
    for (const [name, axis] of this.axes) axis.weigh(point.get(name) ?? Number.NaN, kernels);
    return logOfSum(kernels);
  }

  draw(random: () => number): Point {
    const kernel = this.drawKernel(random());
    return new Map([...this.axes].map(([name, kernels]) => [name, kernels.draw(kernel, random)]));
  }

  private drawKernel(drawn: number): number {
    let sum = 0;
    for (const [kernel, weight] of this.weights.entries()) {
      sum += weight;
      if (drawn < sum) return kernel;
    }
    return this.weights.length - 1;
  }
}

/** Oldest first. They rise evenly from 1/n to 1, which the newest all have. */
export function observationWeights(count: number): number[] {
  const rising = Math.max(0, count - COUNT_FULLY);
  const least = 1 / count;
  return new Array<number>(count).fill(1).map((newest, index) => {
    if (index >= rising) return newest;
    return rising === 1 ? least : least + (index / (rising - 1)) * (1 - least);
  });
}

function kernelsOf(dimension: Dimension, observed: Float64Array, options: ParzenOptions): Kernels {
  if (dimension.type !== 'categorical') return new NumberKernels(dimension, observed, options);
  return new ChoiceKernels(dimension.choices.length, observed, options.priorWeight);
}

function valuesOf(name: string, points: readonly Point[]): Float64Array {
  const values = new Float64Array(points.length);
  for (let k = 0; k < points.length; k++) values[k] = points[k]?.get(name) ?? Number.NaN;
  return values;
}

function normalized(weights: Float64Array): Float64Array {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** The greatest power is taken out, so that none is too great for a number. */
function logOfSum({ logs, factors }: Weighed): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const log of logs) if (log > most) most = log;
  if (most === Number.NEGATIVE_INFINITY) return most;
  let sum = 0;
  for (let k = 0; k < logs.length; k++) {
    const power = (logs[k] as number) - most;
    if (power > NOTHING) sum += (factors[k] as number) * Math.exp(power);
  }
  return most + Math.log(sum);
}
