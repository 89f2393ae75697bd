import type { PlannedStep, Results } from '../../../schemas/language/model.ts';
import type { StepForecast } from '../../../schemas/wire/pipelines.ts';
import type { StepCache } from '../cache/index.ts';
import type { RunPlan } from '../runs/repository.ts';
import type { Settler } from './settler.ts';

interface Forecasting {
  cache: StepCache;
  settler: Settler;
  force?: boolean;
}

type Told = Omit<StepForecast, 'name'>;

/** What would become of each step of a plan, were it carried out now. Nothing is changed by it. */
export async function forecast(plan: RunPlan, around: Forecasting): Promise<StepForecast[]> {
  const forecasting = new Forecast(plan, around);
  const steps: StepForecast[] = [];
  for (const step of plan.steps) steps.push({ name: step.name, ...(await forecasting.take(step)) });
  return steps;
}

class Forecast {
  private readonly plan: RunPlan;
  private readonly around: Forecasting;
  /** those whose results nobody knows yet */
  private readonly open = new Set<string>();
  private readonly results: Record<string, Results[string]> = {};

  constructor(plan: RunPlan, around: Forecasting) {
    this.plan = plan;
    this.around = around;
  }

  /** Steps come in the order of the plan. */
  async take(step: PlannedStep): Promise<Told> {
    const told = await this.look(step);
    if (told.would === 'run' || told.would === 'unknown') this.open.add(step.name);
    return told;
  }

  private async look(step: PlannedStep): Promise<Told> {
    const before = step.needs.filter((need) => this.open.has(need));
    const given = `what ${before.join(', ')} gives`;
    const isOpen = before.length > 0;
    if (isOpen && (step.late || step.condition !== null)) return { would: 'unknown', reason: `it depends on ${given}` };
    const settled = await this.around.settler.settle(this.plan.frozen, step.name, this.results);
    if ('skip' in settled) return this.ended(step, 'skip', settled.skip);
    if ('problem' in settled) return this.ended(step, 'fail', settled.problem);
    return this.weigh(settled.step, isOpen ? `unless ${given} is the same as before` : null);
  }

  private async weigh(step: PlannedStep, unless: string | null): Promise<Told> {
    const { cache, force } = this.around;
    const { state, reason, result } = await cache.state(step, await cache.partsFor(step, this.plan.params));
    if (state === 'changed') return { would: 'run', reason };
    if (force) return { would: 'run', reason: 'it was asked for' };
    if (unless !== null) return { would: 'run', reason: unless };
    this.results[step.name] = { state: 'succeeded', metrics: result?.metrics ?? {} };
    return { would: state === 'restorable' ? 'restore' : 'nothing', reason };
  }

  private ended({ name }: PlannedStep, would: 'skip' | 'fail', reason: string): Told {
    this.results[name] = { state: would === 'skip' ? 'skipped' : 'failed', metrics: {} };
    return { would, reason };
  }
}
