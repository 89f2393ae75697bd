import { afterEach } from 'vitest';
import type { StepExecutor, StepExit, StepHandle, StepTask } from '../../../../daemon/pipelines/executors/port.ts';
import { TempWorkspace } from '../../../support/temp-workspace.ts';
import { waitFor } from '../../../support/wait-for.ts';

/** What an implementation of the port gives to be tried. */
export type OpenExecutor = (workspace: TempWorkspace) => StepExecutor;

/** An executor with a workspace of its own, for one test after the other. */
export class ExecutorHouse {
  readonly workspace: TempWorkspace;
  executor: StepExecutor;
  private readonly open: OpenExecutor;
  private readonly handles: StepHandle[] = [];
  private count = 0;

  constructor(open: OpenExecutor, workspace = new TempWorkspace()) {
    this.workspace = workspace;
    this.open = open;
    this.executor = open(this.workspace);
  }

  task(script: string, more: Partial<StepTask> = {}): StepTask {
    return {
      id: `run/step ${++this.count}/1`,
      step: `step ${this.count}`,
      cwd: this.workspace.folder,
      umask: 0o022,
      command: { script },
      env: { PATH: process.env.PATH },
      timeoutMs: null,
      graceMs: 5_000,
      resources: { cpus: 1, memoryBytes: null, gpus: 0 },
      ...more,
    };
  }

  start(script: string, more: Partial<StepTask> = {}): StepHandle {
    return this.begin(this.task(script, more));
  }

  begin(task: StepTask): StepHandle {
    const handle = this.executor.start(task);
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
    this.executor = this.open(this.workspace);
    return this.executor;
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
