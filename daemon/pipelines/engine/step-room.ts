import type { PlannedStep } from '../../../schemas/language/model.ts';
import type { FilesProgress } from '../../../schemas/pipelines/files-progress.ts';
import { filesProgressText } from '../../../schemas/pipelines/files-progress.ts';
import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import type { LookOptions } from '../../files/index.ts';
import type { RunPlan } from '../runs/repository.ts';
import type { Claim } from './claim.ts';
import type { EngineParts, KeptStep } from './parts.ts';
import type { Turns } from './turns.ts';

/** A step of a run, with all that it takes to carry it out. */
export interface StepRoom {
  run: PipelineRun;
  /** with all values in it, but secrets */
  step: PlannedStep;
  plan: RunPlan;
  kept: KeptStep;
  signal: AbortSignal;
  turns: Turns | undefined;
  /** of a step that ran already when our predecessor died, made before any other began */
  claim: Claim | null;
  parts: EngineParts;
}

/** Says what the step waits for as long as it does; what it gets at once it has not waited for. */
export async function waiting<T>({ run, kept, parts }: StepRoom, words: string, work: Promise<T>): Promise<T> {
  const saying = setImmediate(() => {
    kept.run.waits_for = words;
    parts.tell(run);
  });
  try {
    return await work;
  } finally {
    clearImmediate(saying);
    kept.run.waits_for = undefined;
  }
}

/** Looks at files of the step, which takes long when they are large: says that it waits for this, and how far it is. */
export function waitingForFiles<T>(
  room: StepRoom,
  words: string,
  work: (options: LookOptions) => Promise<T>,
): Promise<T> {
  const { run, kept, signal, parts } = room;
  const progress = (now: FilesProgress) => {
    kept.run.waits_for = `${words} (${filesProgressText(now)})`;
    parts.tell(run);
  };
  return waiting(room, words, work({ signal, progress }));
}

export const isDebugged = ({ run, step }: StepRoom): boolean => run.debug?.step === step.name;
