import type { Disposable } from '../../../../daemon/base/disposables.ts';
import type { LogPart, StepExit, StepHandle } from '../../../../daemon/pipelines/executors/port.ts';

/** A step of another machine, which may still be on its way there. */
export class FarHandle implements StepHandle {
  readonly started: Promise<void>;
  readonly exit: Promise<StepExit>;
  private readonly arrived: Promise<StepHandle>;
  private there: StepHandle | undefined;

  /** `brought`: what it made comes back before its end is told */
  constructor(arrived: Promise<StepHandle>, brought: () => Promise<void>) {
    this.arrived = arrived.then((handle) => {
      this.there = handle;
      return handle;
    });
    this.started = this.arrived.then(({ started }) => started);
    this.exit = this.arrived.then(async ({ exit }) => {
      const how = await exit;
      await brought();
      return how;
    });
  }

  cancel(): void {
    void this.arrived.then((handle) => handle.cancel());
  }

  async log(offset: number, most: number): Promise<LogPart> {
    return this.there ? this.there.log(offset, most) : { ...NOTHING, nextOffset: Math.max(0, offset), ended: false };
  }

  onLog(listener: () => void): Disposable {
    let isOn = true;
    let listening: Disposable | undefined;
    void this.arrived.then((handle) => {
      if (isOn) listening = handle.onLog(listener);
    });
    return {
      dispose() {
        isOn = false;
        return listening?.dispose();
      },
    };
  }

  usage() {
    return this.there?.usage();
  }
}

const NOTHING: LogPart = { bytes: Buffer.alloc(0), nextOffset: 0, size: 0, ended: true };

/** One that never ran there. */
export function notStarted(reason: string): StepHandle {
  return {
    started: Promise.resolve(),
    exit: Promise.resolve({ code: null, how: 'not-started', reason }),
    cancel() {},
    log: async (offset) => ({ ...NOTHING, nextOffset: Math.max(0, offset) }),
    onLog: () => ({ dispose() {} }),
    usage: () => undefined,
  };
}
