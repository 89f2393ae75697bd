import { afterEach } from 'vitest';
import type { StepExecutor, StepExit, StepHandle, StepTask } from '../../../../daemon/pipelines/executors/port.ts';
import { TempWorkspace } from '../../../support/temp-workspace.ts';
import { waitFor } from '../../../support/wait-for.ts';
import type { Gate, StepMachine } from './machine.ts';

/** What an implementation of the port gives to be tried: again for the same workspace, it finds what the one before has left. */
export type OpenExecutor = (workspace: TempWorkspace) => { executor: StepExecutor; machine: StepMachine };

/** An executor with a workspace of its own, for one test after the other. */
export class ExecutorHouse {
  readonly workspace: TempWorkspace;
  executor: StepExecutor;
  private machine: StepMachine;
  private readonly open: OpenExecutor;
  private readonly handles: StepHandle[] = [];
  private count = 0;

  constructor(open: OpenExecutor, workspace = new TempWorkspace()) {
    this.workspace = workspace;
    this.open = open;
    const { executor, machine } = open(this.workspace);
    this.executor = executor;
    this.machine = machine;
  }

  /** `wait`: a command of the shell that ends once it is open. */
  gate(name = 'gate'): Gate & { wait: string } {
    const gate = this.machine.gate(name);
    return { ...gate, wait: `while ${gate.shut}; do sleep 0.02; done` };
  }

  lives(pid: number): boolean {
    return this.machine.lives(pid);
  }

  task(script: string, more: Partial<StepTask> = {}): StepTask {
    return {
      id: `run/step ${++this.count}/1`,
      step: `step ${this.count}`,
      work: { kind: 'script', script },
      folder: '.',
      reads: [],
      writes: [],
      variables: {},
      files: {},
      timeoutMs: null,
      graceMs: 5_000,
      resources: { cpus: 1, memoryBytes: null, gpus: 0 },
      gpus: [],
      debuggerPort: null,
      ...more,
    };
  }

  start(script: string, more: Partial<StepTask> = {}): StepHandle {
    return this.begin(this.task(script, more));
  }

  /** With nothing of a task but what JSON has. */
  begin(task: StepTask): StepHandle {
    const handle = this.executor.start(JSON.parse(JSON.stringify(task)));
    this.handles.push(handle);
    return handle;
  }

  /** How it ended, and all that it printed. */
  async run(script: string, more: Partial<StepTask> = {}): Promise<StepExit & { log: string }> {
    const handle = this.start(script, more);
    return { ...(await handle.exit), log: await logOf(handle) };
  }

  /** As after the daemon's death: another executor, which knows nothing but what it finds. */
  async again(): Promise<StepExecutor> {
    await this.executor.dispose();
    const { executor, machine } = this.open(this.workspace);
    this.executor = executor;
    this.machine = machine;
    return executor;
  }

  async adopt(id: string): Promise<StepHandle> {
    const handle = await this.executor.adopt(id);
    if (!handle) throw new Error(`nobody knows ${id}`);
    this.handles.push(handle);
    return handle;
  }

  async close(): Promise<void> {
    for (const handle of this.handles) handle.cancel();
    await this.executor.dispose();
  }

  async dispose(): Promise<void> {
    await this.close();
    this.workspace.dispose();
  }
}

/** A house for each test. */
export function houses(open: OpenExecutor): () => ExecutorHouse {
  let house: ExecutorHouse | undefined;
  afterEach(async () => {
    await house?.dispose();
    house = undefined;
  });
  return () => {
    house ??= new ExecutorHouse(open);
    return house;
  };
}

export async function logOf(handle: StepHandle): Promise<string> {
  return (await handle.log(0, 1_000_000)).bytes.toString('utf8');
}

/** Waits until the step has printed this. */
export async function said(handle: StepHandle, text: string): Promise<string> {
  return waitFor(
    async () => {
      const log = await logOf(handle);
      return log.includes(text) && log;
    },
    { what: `the step says ${text}` },
  );
}
