import type { PipelineOverview, PipelineRun, StepRun } from '../../schemas/wire/pipelines.ts';
import type { RoomMessage } from '../daemon/link.ts';

export interface PlannedStep {
  name: string;
  needs: string[];
  /** what became of it in the newest run */
  last?: StepRun;
}

/** The steps of crisol.yaml, and what the newest run made of them. */
export class PipelineModel {
  name: string | null = null;
  problem: string | null = null;
  private plan: PipelineOverview['steps'] = [];
  private readonly runs = new Map<string, PipelineRun>();

  apply(message: RoomMessage): void {
    if (message.type === 'pipelines/snapshot') {
      this.runs.clear();
      for (const run of message.runs) this.runs.set(run.run_id, run);
    } else if (message.type === 'pipelines/run') this.runs.set(message.run.run_id, message.run);
  }

  setPlan(overview: PipelineOverview): void {
    this.name = overview.name;
    this.problem = overview.problem;
    this.plan = overview.steps;
    for (const run of overview.runs) if (!this.runs.has(run.run_id)) this.runs.set(run.run_id, run);
  }

  newestRun(): PipelineRun | undefined {
    return [...this.runs.values()].reduce<PipelineRun | undefined>(
      (newest, run) => (newest && newest.started_at >= run.started_at ? newest : run),
      undefined,
    );
  }

  /** The runs in which a step took part, newest first, with what became of it. */
  runsWith(name: string): { run: PipelineRun; step: StepRun }[] {
    const runs = [...this.runs.values()].sort((one, other) => other.started_at - one.started_at);
    return runs.flatMap((run) => {
      const step = run.steps.find((candidate) => candidate.name === name);
      return step ? [{ run, step }] : [];
    });
  }

  /** Every step that any known run had, each once. */
  stepNames(): string[] {
    return [...new Set([...this.runs.values()].flatMap(({ steps }) => steps.map(({ name }) => name)))];
  }

  runById(id: string): PipelineRun | undefined {
    return this.runs.get(id);
  }

  activeRun(): PipelineRun | undefined {
    const run = this.newestRun();
    return run && (run.state === 'running' || run.state === 'pending') ? run : undefined;
  }

  /** As planned; while crisol.yaml cannot be read, as they last ran. */
  steps(): PlannedStep[] {
    const ran = this.newestRun()?.steps ?? [];
    if (this.plan.length === 0) return ran.map((last) => ({ name: last.name, needs: [], last }));
    return this.plan.map(({ name, needs }) => ({ name, needs, last: ran.find((step) => step.name === name) }));
  }
}

/** "train 2/4": which step runs, and how far that is. */
export function progressOf(run: PipelineRun): { step: string; place: number; total: number } | undefined {
  const place = run.steps.findIndex((step) => step.state === 'running');
  const step = run.steps[place];
  return step && { step: step.name, place: place + 1, total: run.steps.length };
}
