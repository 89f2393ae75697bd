import type { Dimension, Point, Space } from '../../space/dimension.ts';
import { ChoiceKernels } from './choices.ts';
import type { Kernels, ParzenOptions, Weighed } from './kernels.ts';
import { PARZEN_DEFAULTS } from './kernels.ts';
import { NumberKernels } from './numbers.ts';

/** With more observations than this the oldest count less and less. */
const COUNT_FULLY = 25;

/** What observations together make likely: a mixture of one kernel each and a prior, every kernel a product over the params. */
export class Parzen {
  readonly weights: Float64Array;
  readonly axes: ReadonlyMap<string, Kernels>;

  /** `observed`: oldest first */
  constructor(space: Space, observed: readonly Point[], options: ParzenOptions = PARZEN_DEFAULTS) {
    this.weights = normalized([
      ...observationWeights(observed.length),
      observed.length === 0 ? 1 : options.priorWeight,
    ]);
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
  return Array.from({ length: count }, (_, index) => {
    if (index >= rising) return 1;
    return rising === 1 ? 1 / count : 1 / count + (index / (rising - 1)) * (1 - 1 / count);
  });
}

function kernelsOf(dimension: Dimension, observed: number[], options: ParzenOptions): Kernels {
  if (dimension.type !== 'categorical') return new NumberKernels(dimension, observed, options);
  return new ChoiceKernels(dimension.choices.length, observed, options.priorWeight);
}

const valuesOf = (name: string, points: readonly Point[]): number[] =>
  points.map((point) => point.get(name) ?? Number.NaN);

function normalized(weights: number[]): Float64Array {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return Float64Array.from(weights, (weight) => weight / sum);
}

/** The greatest power is taken out, so that none is too great for a number. */
function logOfSum({ logs, factors }: Weighed): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const log of logs) if (log > most) most = log;
  if (most === Number.NEGATIVE_INFINITY) return most;
  let sum = 0;
  for (let k = 0; k < logs.length; k++) sum += (factors[k] as number) * Math.exp((logs[k] as number) - most);
  return most + Math.log(sum);
}
