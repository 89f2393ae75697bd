import type { PlannedStep } from '../../../schemas/language/model.ts';

/** Whose turn it is: a step is open once all that it needs, of what is carried out, have ended. */
export class StepOrder {
  private readonly byName: ReadonlyMap<string, PlannedStep>;
  private readonly needs = new Map<string, string[]>();
  private readonly waiting = new Map<string, number>();
  private readonly next = new Map<string, string[]>();
  private readonly over = new Set<string>();

  constructor(steps: readonly PlannedStep[]) {
    this.byName = new Map(steps.map((step) => [step.name, step]));
    for (const { name, needs } of steps) {
      const chosen = needs.filter((need) => this.byName.has(need));
      this.needs.set(name, chosen);
      this.waiting.set(name, chosen.length);
      for (const need of chosen) this.waitingFor(need).push(name);
    }
  }

  step(name: string): PlannedStep {
    const step = this.byName.get(name);
    if (!step) throw new Error(`the plan has no step ${name}`);
    return step;
  }

  /** Those that it needs, of what is carried out. */
  needsOf(name: string): readonly string[] {
    return this.needs.get(name) ?? [];
  }

  private waitingFor(name: string): string[] {
    const known = this.next.get(name) ?? [];
    this.next.set(name, known);
    return known;
  }

  /** All that wait for nothing any more, and have not ended. */
  open(): string[] {
    return [...this.waiting].filter(([name, count]) => count === 0 && !this.over.has(name)).map(([name]) => name);
  }

  /** A step has ended. Answers those that this opens. */
  end(name: string): string[] {
    if (this.over.has(name)) return [];
    this.over.add(name);
    return (this.next.get(name) ?? []).filter((waiting) => {
      const left = (this.waiting.get(waiting) ?? 0) - 1;
      this.waiting.set(waiting, left);
      return left === 0 && !this.over.has(waiting);
    });
  }
}

/** All of them, each after those that it needs. */
export function inTurn(steps: readonly PlannedStep[]): PlannedStep[] {
  const order = new StepOrder(steps);
  const all: PlannedStep[] = [];
  for (let open = order.open(); open.length > 0; open = open.flatMap((name) => order.end(name))) {
    all.push(...open.map((name) => order.step(name)));
  }
  return all;
}
