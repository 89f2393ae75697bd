import type { KeptRun } from '../runs/repository.ts';
import type { EngineParts } from './parts.ts';
import { RunningPipeline } from './running-pipeline.ts';

/** The runs that are under way. They share the machine and its files. */
export class Engine {
  private readonly parts: EngineParts;
  private readonly settled: () => void;
  private readonly active = new Map<string, RunningPipeline>();

  constructor(parts: EngineParts, settled: () => void) {
    this.parts = parts;
    this.settled = settled;
  }

  get busy(): boolean {
    return this.active.size > 0;
  }

  /** Answers at once; its steps go on by themselves. */
  carryOut(kept: KeptRun): void {
    const running = new RunningPipeline(kept, this.parts);
    this.active.set(kept.run.run_id, running);
    this.parts.tell(kept.run);
    void this.finish(running);
  }

  running(runId: string): RunningPipeline | undefined {
    return this.active.get(runId);
  }

  private async finish(running: RunningPipeline): Promise<void> {
    const { run_id } = running.run;
    try {
      await running.finish();
    } catch (thrown) {
      this.parts.logger.error({ err: thrown, run: run_id }, 'a pipeline run broke off');
    } finally {
      this.active.delete(run_id);
      this.settled();
    }
  }
}
