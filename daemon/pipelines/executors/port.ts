import type { BuiltInStep } from '../../../schemas/language/grammar/built-in-steps.ts';
import type { JsonObject } from '../../../schemas/language/json.ts';
import type { Disposable } from '../../base/disposables.ts';

/**
 * Carries out steps, on whatever machine. The port says what a step is; how it becomes one on a machine, with which programs and
 * in which environment, is the executor's own matter.
 */
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

/** A step, in JSON: nothing in it is of the machine that asks. Paths have `/` between names and lead out of nothing. */
export interface StepTask {
  /** of one attempt at a step: any text, never used again */
  id: string;
  /** what people call it */
  step: string;
  work: StepWork;
  /** of the workspace, `.` for all of it: where it works, and where its paths begin. CRISOL_WORKSPACE has the whole path */
  folder: string;
  /** is there for it, as far as it is in the workspace, also behind links */
  reads: readonly string[];
  /** is in the workspace when its end is told, as far as it was made, however that ended; folders that lie above it are there for it */
  writes: readonly string[];
  /** what crisol.yaml declares and what it is told of its run: stronger than what its machine has */
  variables: Readonly<Record<string, string>>;
  /** variable → a file, from the top of the workspace: it is there for it, and the variable has its whole path */
  files: Readonly<Record<string, string>>;
  /** after it the step is ended; null: it may take for ever */
  timeoutMs: number | null;
  /** between being told to end and being ended */
  graceMs: number;
  resources: { cpus: number; memoryBytes: number | null; gpus: number };
  /** which graphics processors of the executor are its own, counted from 0 */
  gpus: readonly number[];
  /** a debugger for Python waits for it at this port of the machine that asks; null: nobody does */
  debuggerPort: number | null;
}

export type StepWork =
  /** for the shell; its first line that fails ends it */
  | { kind: 'script'; script: string }
  | { kind: 'notebook'; path: string; output: string | null; parameters: JsonObject }
  | { kind: 'uses'; uses: BuiltInStep; with: JsonObject };

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
