import type { Disposable } from '../../../base/disposables.ts';
import { Emitter } from '../../../base/emitter.ts';
import type { LogPart, StepExit, StepHandle, StepTask, StepUsage } from '../port.ts';
import { Growth, readPart } from './log-file.ts';
import type { StepPlace } from './places.ts';

/** A step as the daemon sees it. What it is to know is told by whoever has the connection. */
export class LocalHandle implements StepHandle {
  readonly id: string;
  readonly place: StepPlace;
  /** missing of one that was begun before our time */
  readonly task: StepTask | undefined;
  readonly started: Promise<void>;
  readonly exit: Promise<StepExit>;
  isCancelled = false;
  isOver = false;
  /** how often it was given to a supervisor that died before it began */
  tries = 0;
  /** how cancelling reaches it; until then it is only noted */
  tellToEnd: (() => void) | undefined;
  private readonly begin: () => void;
  private readonly end: (exit: StepExit) => void;
  private readonly logged = new Emitter<void>();
  private listeners = 0;
  private growth: Growth | undefined;
  private used: StepUsage | undefined;

  private readonly missing: number;

  /** `missing`: so much of its output is given up */
  constructor(id: string, place: StepPlace, { task, missing = 0 }: { task?: StepTask; missing?: number } = {}) {
    this.missing = missing;
    this.id = id;
    this.place = place;
    this.task = task;
    const [started, exit] = [Promise.withResolvers<void>(), Promise.withResolvers<StepExit>()];
    this.started = started.promise;
    this.exit = exit.promise;
    this.begin = started.resolve;
    this.end = exit.resolve;
  }

  cancel(): void {
    if (this.isOver || this.isCancelled) return;
    this.isCancelled = true;
    this.tellToEnd?.();
  }

  async log(offset: number, most: number): Promise<LogPart> {
    // looked at first: what is read after its end is all
    const { isOver } = this;
    const part = await readPart(this.place.log, offset, most, this.missing);
    return { ...part, ended: isOver && part.ended };
  }

  onLog(listener: () => void): Disposable {
    const heard = this.logged.on(listener);
    if (++this.listeners === 1) void this.started.then(() => this.watch());
    let isOn = true;
    return {
      dispose: () => {
        if (!isOn) return;
        isOn = false;
        heard.dispose();
        if (--this.listeners === 0) this.unwatch();
      },
    };
  }

  usage(): StepUsage | undefined {
    return this.used;
  }

  hasBegun(): void {
    this.begin();
  }

  uses(usage: StepUsage): void {
    this.used = usage;
  }

  settle(exit: StepExit): void {
    if (this.isOver) return;
    this.isOver = true;
    this.used = exit.usage ?? this.used;
    this.unwatch();
    this.begin();
    this.end(exit);
    this.logged.emit();
  }

  private watch(): void {
    if (this.isOver || this.listeners === 0) return;
    this.growth ??= new Growth(this.place.log, () => this.logged.emit());
  }

  private unwatch(): void {
    this.growth?.dispose();
    this.growth = undefined;
  }
}
