import type { Goal } from '../../../schemas/language/values/goal.ts';
import { seededRandom } from '../../base/random.ts';
import { isBetter } from '../pruners/pruner.ts';
import type { PrunerSettings } from '../pruners/settings.ts';
import { Pruner } from '../pruners/settings.ts';
import { gridPoint, gridSize } from '../samplers/grid.ts';
import { drawAny } from '../samplers/random.ts';
import { drawTpe } from '../samplers/tpe/tpe.ts';
import type { Point, Space } from '../space/dimension.ts';
import type { Trial } from './trial.ts';

export interface StudySettings {
  space: Space;
  sampler: 'grid' | 'random' | 'tpe';
  pruner: PrunerSettings;
  direction: Goal['direction'];
  /** how many at most; null: until nothing is left to try */
  trials: number | null;
  /** each trial's chance comes from this and its number alone */
  seed: number;
}

/** What was known when a study was left. */
export interface KeptStudy {
  trials: readonly Trial[];
  minResource: number | null;
}

/** The same trial from its beginning. */
export function tryAgain(trial: Trial): void {
  trial.state = 'running';
  trial.points.clear();
  trial.lastStep = null;
  trial.rungs.length = 0;
}

/** How often chance is asked for something new before what is left is looked through. */
const TRIES = 20;

/** One search: what has been tried, and what to try next. It knows no time, no disk and no process. */
export class Study {
  readonly trials: Trial[];
  private readonly settings: StudySettings;
  private readonly pruner: Pruner;
  private readonly size: number;
  /** where there are finitely many combinations, those that were drawn: trying one again tells nothing new */
  private readonly drawn = new Set<string>();

  constructor(settings: StudySettings, kept: KeptStudy = { trials: [], minResource: null }) {
    this.settings = settings;
    this.size = gridSize(settings.space);
    this.pruner = new Pruner(settings.pruner, kept.minResource);
    this.trials = [...kept.trials];
    for (const { point } of this.trials) this.note(point);
  }

  /** Whether anything comes of reports. */
  get judges(): boolean {
    return this.settings.pruner.kind !== 'none';
  }

  get minResource(): number | null {
    return this.pruner.minResource;
  }

  /** Why no further trial begins; null while there are some. */
  get over(): 'trials' | 'space' | null {
    if (this.trials.length >= (this.settings.trials ?? Number.POSITIVE_INFINITY)) return 'trials';
    return this.trials.length >= this.size ? 'space' : null;
  }

  /** The next trial, which counts as running from now on; null when it is over. */
  next(): Trial | null {
    if (this.over !== null) return null;
    const number = this.trials.length;
    const point = this.draw(number);
    const trial: Trial = { number, point, state: 'running', value: null, points: new Map(), lastStep: null, rungs: [] };
    this.trials.push(trial);
    this.note(point);
    return trial;
  }

  /** What a trial has come to; the answer says whether it shall be ended. Of each step the first value counts. */
  report(trial: Trial, step: number, value: number): boolean {
    if (trial.state !== 'running' || trial.points.has(step)) return false;
    trial.points.set(step, value);
    trial.lastStep = Math.max(step, trial.lastStep ?? step);
    return this.pruner.prunes({ trial, trials: this.trials, direction: this.settings.direction });
  }

  /** A trial that ended by itself; one that ends without a number has failed. */
  finish(trial: Trial, value: number | null): void {
    trial.value = value === null || Number.isNaN(value) ? null : value;
    trial.state = trial.value === null ? 'failed' : 'complete';
  }

  prune(trial: Trial): void {
    trial.state = 'pruned';
  }

  cancel(trial: Trial): void {
    trial.state = 'cancelled';
  }

  /** Of equal ones the first. */
  best(): Trial | null {
    let best: Trial | null = null;
    for (const trial of this.trials)
      if (trial.value !== null && (best?.value == null || isBetter(trial.value, best.value, this.settings.direction)))
        best = trial;
    return best;
  }

  private draw(number: number): Point {
    const { space, sampler, seed, direction } = this.settings;
    if (sampler === 'grid') return gridPoint(space, number);
    const random = seededRandom(mixed(seed, number));
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const point = sampler === 'tpe' ? drawTpe(space, this.trials, direction, random) : drawAny(space, random);
      if (!this.wasDrawn(point)) return point;
    }
    return this.nextUndrawn(Math.floor(random() * this.size));
  }

  private nextUndrawn(from: number): Point {
    for (let index = from; index < from + this.size; index++) {
      const point = gridPoint(this.settings.space, index % this.size);
      if (!this.wasDrawn(point)) return point;
    }
    return gridPoint(this.settings.space, from);
  }

  private note(point: Point): void {
    if (this.size < Number.POSITIVE_INFINITY) this.drawn.add([...point.values()].join());
  }

  private wasDrawn(point: Point): boolean {
    return this.drawn.has([...point.values()].join());
  }
}

/** Seeds that lie beside each other, and trials that do, have nothing in common (the finalizer of MurmurHash 3). */
function mixed(seed: number, number: number): number {
  let hash = 0;
  for (const part of [seed >>> 0, Math.floor(seed / 2 ** 32), number]) {
    hash = Math.imul(hash ^ part, 0x9e3779b1) + 0x7f4a7c15;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}
