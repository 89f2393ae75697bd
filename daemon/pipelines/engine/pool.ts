import type { PlannedStep } from '../../../schemas/language/model.ts';
import type { Capacity } from '../executors/port.ts';
import { Waiting } from './waiting.ts';

export interface Share {
  /** which graphics processors it may use, by their numbers; empty: none was asked for */
  gpus: readonly number[];
  release(): void;
}

interface Wish {
  run: string;
  cpus: number;
  memoryBytes: number;
  gpus: number;
  /** the numbers of those it got */
  taken: number[];
  order: number;
}

/**
 * What the executor has, shared by the steps of all runs. Who uses the fewest processors is served first, so that a small
 * pipeline does not wait for the end of a large one. A step that wants more than there is gets all of it.
 */
export class Pool {
  private readonly capacity: Capacity;
  private readonly used = { cpus: 0, memoryBytes: 0 };
  private readonly freeGpus: number[];
  private readonly cpusOf = new Map<string, number>();
  private asked = 0;
  private readonly waiting = new Waiting<Wish>(
    (wish) => this.fits(wish),
    (wish) => this.give(wish),
    (one, other) => this.cpusBy(one.run) - this.cpusBy(other.run) || one.order - other.order,
  );

  constructor(capacity: Capacity) {
    this.capacity = capacity;
    this.freeGpus = Array.from({ length: capacity.gpus }, (_, number) => number);
  }

  async acquire(run: string, resources: PlannedStep['resources'], signal: AbortSignal): Promise<Share> {
    const wish = this.wishOf(run, resources);
    await this.waiting.wait(wish, signal);
    return this.shareOf(wish);
  }

  /** Of a step that runs already, with the graphics processors that it got when it began. */
  take(run: string, resources: PlannedStep['resources'], gpus: readonly number[]): Share {
    const wish = this.wishOf(run, resources);
    wish.taken = gpus.filter((gpu) => this.freeGpus.includes(gpu));
    for (const gpu of wish.taken) this.freeGpus.splice(this.freeGpus.indexOf(gpu), 1);
    this.book(wish, 1);
    return this.shareOf(wish);
  }

  private wishOf(run: string, { cpus, memoryBytes, gpus }: PlannedStep['resources']): Wish {
    const { capacity } = this;
    return {
      run,
      cpus: Math.min(cpus, capacity.cpus),
      memoryBytes: Math.min(memoryBytes ?? 0, capacity.memoryBytes),
      gpus: Math.min(gpus, capacity.gpus),
      taken: [],
      order: this.asked++,
    };
  }

  private shareOf(wish: Wish): Share {
    let held = true;
    return {
      gpus: wish.taken,
      release: () => {
        if (!held) return;
        held = false;
        this.freeGpus.push(...wish.taken);
        this.book(wish, -1);
        this.waiting.serve();
      },
    };
  }

  private fits({ cpus, memoryBytes, gpus }: Wish): boolean {
    const { capacity, used } = this;
    // parts of processors add up with the errors of binary fractions
    const cpusFit = used.cpus + cpus <= capacity.cpus + 1e-9;
    return cpusFit && used.memoryBytes + memoryBytes <= capacity.memoryBytes && gpus <= this.freeGpus.length;
  }

  private give(wish: Wish): void {
    wish.taken = this.freeGpus.splice(0, wish.gpus);
    this.book(wish, 1);
  }

  private book({ run, cpus, memoryBytes }: Wish, sign: 1 | -1): void {
    this.used.cpus += sign * cpus;
    this.used.memoryBytes += sign * memoryBytes;
    const left = this.cpusBy(run) + sign * cpus;
    if (left > 1e-9) this.cpusOf.set(run, left);
    else this.cpusOf.delete(run);
  }

  private cpusBy(run: string): number {
    return this.cpusOf.get(run) ?? 0;
  }
}
