import type { StandingStep } from '../../schemas/pipelines/standing.ts';
import { byName, isUnderWay, standingSteps, variantsIn } from '../../schemas/pipelines/standing.ts';
import type { PipelineOverview, PipelineRun, StepRun } from '../../schemas/wire/pipelines.ts';
import type { RoomMessage } from '../daemon/link.ts';

/** Of older ones nobody asks here: the daemon tells of as many at most. */
const KEPT_RUNS = 40;

/** The steps of crisol.yaml, and what the newest runs made of them. */
export class PipelineModel {
  name: string | null = null;
  problem: string | null = null;
  planned: PipelineOverview['steps'] = [];
  /** the newest first */
  runs: readonly PipelineRun[] = [];
  private standing: StandingStep[] | undefined;

  apply(message: RoomMessage): void {
    if (message.type === 'pipelines/snapshot') this.take(message.runs);
    else if (message.type === 'pipelines/run') {
      const { run } = message;
      this.take([run, ...this.runs.filter(({ run_id }) => run_id !== run.run_id)]);
    }
  }

  setPlan(overview: PipelineOverview): void {
    this.name = overview.name;
    this.problem = overview.problem;
    this.planned = overview.steps;
    // what was heard meanwhile is newer than the answer
    const heard = new Set(this.runs.map(({ run_id }) => run_id));
    this.take([...this.runs, ...overview.runs.filter(({ run_id }) => !heard.has(run_id))]);
  }

  newestRun(): PipelineRun | undefined {
    return this.runs[0];
  }

  /** The runs in which a step took part, newest first, with what became of it: of variants the one that tells most. */
  runsWith(name: string): { run: PipelineRun; step: StepRun }[] {
    return this.runs.flatMap((run) => {
      const step = byName(run).get(name) ?? mostTelling(variantsIn(run, name));
      return step ? [{ run, step }] : [];
    });
  }

  /** Every step of crisol.yaml that any known run had, each once. */
  stepNames(): string[] {
    return [...new Set(this.runs.flatMap(({ steps }) => steps.map(({ name, of = name }) => of)))];
  }

  runById(id: string): PipelineRun | undefined {
    return this.runs.find(({ run_id }) => run_id === id);
  }

  activeRun(): PipelineRun | undefined {
    return this.runs.find(({ state }) => isUnderWay(state));
  }

  /** As planned; while crisol.yaml cannot be read, as they last ran. */
  steps(): StandingStep[] {
    this.standing ??= standingSteps(this.planned, this.runs);
    return this.standing;
  }

  private take(runs: readonly PipelineRun[]): void {
    this.runs = runs.toSorted((one, other) => other.started_at - one.started_at).slice(0, KEPT_RUNS);
    this.standing = undefined;
  }
}

function mostTelling(variants: readonly StepRun[]): StepRun | undefined {
  const inState = (wanted: StepRun['state']) => variants.find(({ state }) => state === wanted);
  return (
    inState('failed') ?? inState('running') ?? variants.find(({ started_at }) => started_at !== null) ?? variants[0]
  );
}

interface RunProgress {
  step: string;
  place: number;
  total: number;
  /** how far the step is, in its own words */
  said: string | undefined;
}

/** "train 2/4": which step runs, and the how manieth of all it is. */
export function progressOf(run: PipelineRun): RunProgress | undefined {
  const step = run.steps.find(({ state }) => state === 'running');
  if (!step) return undefined;
  const over = run.steps.filter(({ state }) => !isUnderWay(state)).length;
  return { step: step.of ?? step.name, place: over + 1, total: run.steps.length, said: step.progress?.text };
}
