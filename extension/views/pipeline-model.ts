import type { PipelineOverview, PipelineRun, StepRun } from '../../schemas/wire/pipelines.ts';
import type { RoomMessage } from '../daemon/link.ts';

export interface PlannedStep {
  name: string;
  needs: string[];
  /** what became of it the last time */
  last?: StepRun;
  /** when that was; the newest run may have left it out */
  lastIn?: PipelineRun;
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
    const newest = this.newestRun();
    if (this.plan.length === 0)
      return (newest?.steps ?? []).map((last) => ({ name: last.name, needs: [], last, lastIn: newest }));
    return this.plan.map(({ name, needs }) => {
      const taken = this.runsWith(name).find(({ run, step }) => run === newest || step.started_at !== null);
      return { name, needs, last: taken?.step, lastIn: taken?.run };
    });
  }
}

/** "train 2/4": which step runs, and how far that is. */
export function progressOf(run: PipelineRun): { step: string; place: number; total: number } | undefined {
  const place = run.steps.findIndex((step) => step.state === 'running');
  const step = run.steps[place];
  return step && { step: step.name, place: place + 1, total: run.steps.length };
}
