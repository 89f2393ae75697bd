import type { Disposable } from '../../base/disposables.ts';

/** How steps are carried out. Nothing of a machine's processes shows here: another executor may use a cluster. */
export interface StepExecutor extends Disposable {
  /** what it has for all steps together: who asks for more than is free waits, and is not given to it yet */
  readonly capacity: Capacity;
  /** Answers at once. Of an id that was started before, the task is refused: it never runs twice. */
  start(task: StepTask): StepHandle;
  /**
   * A step that was started before our time, running or ended; undefined: nobody knows it, and it will not begin by itself
   * any more. Of one that we know already it is the same handle.
   */
  adopt(id: string): Promise<StepHandle | undefined>;
  /** Gives up what steps that have ended printed, the oldest first; places in what is left stay what they are. */
  limitLogs(limits: LogLimits): Promise<LogUsage>;
  /** Lets go of what is open here; steps go on. */
  dispose(): Promise<void>;
}

export interface Capacity {
  cpus: number;
  memoryBytes: number;
  /** graphics processors that can be given out one by one */
  gpus: number;
}

export interface StepTask {
  /** of one attempt at a step: any text, never used again */
  id: string;
  /** what people call it */
  step: string;
  cwd: string;
  umask: number;
  /** a script for the shell, or a program with its arguments */
  command: { script: string } | { program: string; args: string[] };
  /** all of its environment */
  env: Record<string, string | undefined>;
  /** after it the step is ended; null: it may take for ever */
  timeoutMs: number | null;
  /** between being told to end and being ended */
  graceMs: number;
  resources: { cpus: number; memoryBytes: number | null; gpus: number };
}

export interface StepHandle {
  /** it runs, or has ended without ever running; never fails */
  readonly started: Promise<void>;
  /** never fails. Nothing that the step started lives any more, and its log is complete */
  readonly exit: Promise<StepExit>;
  /** Tells it to end, and ends it after its grace. Nothing happens when it has ended. */
  cancel(): void;
  /** Output from `offset` on, at most so many bytes; a negative offset counts from the end. What is not there is empty. */
  log(offset: number, most: number): Promise<LogPart>;
  /** Heard when bytes were added, seldom enough to be followed, and at the end. */
  onLog(listener: () => void): Disposable;
  /** as of a moment ago while it runs; undefined where nobody knows */
  usage(): StepUsage | undefined;
}

export interface LogLimits {
  /** so many bytes of each step, from the end */
  perStep: number;
  /** of all steps together */
  total: number;
  /** only says what would go */
  dryRun?: boolean;
}

export interface LogUsage {
  files: number;
  bytes: number;
}

export interface LogPart {
  bytes: Buffer;
  nextOffset: number;
  /** of all that there is by now */
  size: number;
  /** nothing will ever follow */
  ended: boolean;
}

export interface StepExit {
  /** null: it was ended by a signal, never ran, or nobody knows */
  code: number | null;
  /** `lost`: who looked after it died; what lived of it has been ended, and how far it came nobody knows */
  how: 'exited' | 'signalled' | 'timeout' | 'cancelled' | 'lost' | 'not-started';
  /** in words, where the code does not tell */
  reason?: string;
  usage?: StepUsage;
}

export interface StepUsage {
  /** of all its processes together */
  cpuSeconds: number;
  /** the most that they had at once; null: it was over before anybody looked */
  maxMemoryBytes: number | null;
  seconds: number;
}
