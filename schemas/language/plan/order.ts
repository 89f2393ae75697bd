import type { PlannedStep } from '../model.ts';

/** Each after what it needs; what is on a circle comes last, as in the file. */
export function inOrder(steps: readonly PlannedStep[]): PlannedStep[] {
  const place = new Map(steps.map((step, at) => [step.name, at]));
  const waiting = new Map(steps.map((step) => [step.name, step.needs.filter((need) => place.has(need)).length]));
  const dependents = new Map<string, PlannedStep[]>();
  for (const step of steps) {
    for (const need of step.needs) {
      const known = dependents.get(need);
      if (known) known.push(step);
      else dependents.set(need, [step]);
    }
  }
  const at = (step: PlannedStep) => place.get(step.name) ?? 0;
  const placed = new Set<PlannedStep>();
  const ready = steps.filter((step) => waiting.get(step.name) === 0);
  for (let step = ready.shift(); step; step = ready.shift()) {
    placed.add(step);
    const freed = (dependents.get(step.name) ?? []).filter((dependent) => countDown(waiting, dependent.name) === 0);
    if (freed.length === 0) continue;
    for (const one of freed) ready.push(one);
    ready.sort((a, b) => at(a) - at(b));
  }
  return [...placed, ...steps.filter((step) => !placed.has(step))];
}

function countDown(waiting: Map<string, number>, name: string): number {
  const left = (waiting.get(name) ?? 1) - 1;
  waiting.set(name, left);
  return left;
}
