/** How a step is carried out. Nothing of a machine's processes shows here: another executor may use a cluster. */
export interface StepExecutor {
  start(task: StepTask): StepProcess;
  /** takes over a step that was started before the daemon's death; undefined when nothing is known of it */
  adopt(task: StepTask): StepProcess | undefined;
}

export interface StepTask {
  step: string;
  /** where output and exit code of the step lie, one folder a run */
  folder: string;
  cwd: string;
  umask: number;
  /** a script for the shell, or a program with its arguments */
  command: { script: string } | { program: string; args: string[] };
  env: Record<string, string | undefined>;
}

export interface StepProcess {
  exit: Promise<StepExit>;
  cancel(): void;
}

export interface StepExit {
  /** null: it was ended by a signal, or nobody knows */
  code: number | null;
  /** in words, when there is no code */
  reason?: string;
}
