import type { Kernels, Weighed } from './kernels.ts';

/** Each kernel prefers what was observed, and gives something to every choice; the prior prefers none. */
export class ChoiceKernels implements Kernels {
  readonly count: number;
  private readonly observed: Float64Array;
  private readonly choices: number;
  private readonly seen: number;
  private readonly other: number;

  constructor(choices: number, observed: Float64Array, priorWeight: number) {
    this.choices = choices;
    this.observed = observed;
    this.count = observed.length + 1;
    const little = priorWeight / this.count;
    const whole = 1 + little * choices;
    this.seen = (1 + little) / whole;
    this.other = little / whole;
  }

  weightsOf(k: number): number[] {
    return Array.from({ length: this.choices }, (_, choice) => this.shareOf(k, choice));
  }

  weigh(value: number, { factors }: Weighed): void {
    const prior = this.count - 1;
    for (let k = 0; k < prior; k++)
      factors[k] = (factors[k] as number) * (this.observed[k] === value ? this.seen : this.other);
    factors[prior] = (factors[prior] as number) / this.choices;
  }

  draw(k: number, random: () => number): number {
    const favourite = this.observed[k];
    const extra = favourite === undefined ? 0 : this.seen - this.other;
    const drawn = random();
    if (favourite !== undefined && drawn < extra) return favourite;
    // what is left is the same for each
    return Math.min(Math.floor(((drawn - extra) / (1 - extra)) * this.choices), this.choices - 1);
  }

  private shareOf(k: number, choice: number): number {
    const favourite = this.observed[k];
    if (favourite === undefined) return 1 / this.choices;
    return favourite === choice ? this.seen : this.other;
  }
}
