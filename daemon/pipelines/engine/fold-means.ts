import type { MetricPoint } from '../written/index.ts';

const DEVIATION = '_std';

/** Of what folds have logged so far the means, and in the end the standard deviations. */
export class FoldMeans {
  private readonly values = new Map<string, number[]>();

  add(metrics: Readonly<Record<string, number>>): void {
    for (const [name, value] of Object.entries(metrics))
      this.values.set(name, [...(this.values.get(name) ?? []), value]);
  }

  /** Under the metric's own name its mean, so that goals and expressions mean that; at the step of the fold. */
  points(step: number, isLast: boolean): Omit<MetricPoint, 'timestamp'>[] {
    const means = [...this.values].map(([key, values]) => ({ key, value: meanOf(values), step }));
    if (!isLast) return means;
    const spread = [...this.values].flatMap(([name, values]) => {
      const key = name + DEVIATION;
      return values.length > 1 && !this.values.has(key) ? [{ key, value: deviationOf(values), step }] : [];
    });
    return [...means, ...spread];
  }
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of a sample: divided by one less than there are. */
function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
