import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';

/** Between two news of a run: hundreds of short steps a second are more than anybody can follow. */
const PAUSE_MS = 40;

/** Tells of runs as they are at that moment: at once, and then at most every so often; of an end always at once. */
export class Announcer {
  private readonly clock: Clock;
  private readonly changes: Emitter<PipelineRun>;
  private readonly paused = new Map<string, { changed: boolean; stop: () => void }>();

  constructor(clock: Clock, changes: Emitter<PipelineRun>) {
    this.clock = clock;
    this.changes = changes;
  }

  tell(run: PipelineRun): void {
    const pause = this.paused.get(run.run_id);
    if (pause && run.ended_at === null) pause.changed = true;
    else this.emit(run);
  }

  private emit(run: PipelineRun): void {
    this.paused.get(run.run_id)?.stop();
    this.paused.delete(run.run_id);
    if (run.ended_at === null) {
      const stop = this.clock.after(PAUSE_MS, () => this.wake(run));
      this.paused.set(run.run_id, { changed: false, stop });
    }
    this.changes.emit(structuredClone(run));
  }

  private wake(run: PipelineRun): void {
    const changed = this.paused.get(run.run_id)?.changed;
    this.paused.delete(run.run_id);
    if (changed) this.emit(run);
  }
}
