import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { note, readJournal } from '../local/journal.ts';
import type { StepPlace } from '../local/places.ts';
import { placeOf } from '../local/places.ts';
import type { StepProcess, SupervisorSettings, ToDaemon } from '../local/protocol.ts';
import { markOf } from '../mark.ts';
import type { StepExit } from '../port.ts';
import { SupervisedStep } from './step.ts';
import { UsageWatch } from './usage.ts';

const TRY_AGAIN_MS = 1_000;
const STARTED_BEFORE: StepExit = { code: null, how: 'not-started', reason: 'it was started before' };

/** All steps of this supervisor that run, and those whose end is not on the disk yet. */
export class Steps {
  private readonly settings: SupervisorSettings;
  private readonly tell: (message: ToDaemon) => void;
  private readonly idle: () => void;
  private readonly usage = new UsageWatch();
  private readonly running = new Map<string, SupervisedStep>();
  private readonly unkept = new Map<string, StepExit>();
  private count = 0;

  constructor(settings: SupervisorSettings, tell: (message: ToDaemon) => void, idle: () => void) {
    this.settings = settings;
    this.tell = tell;
    this.idle = idle;
  }

  get isIdle(): boolean {
    return this.running.size === 0 && this.unkept.size === 0;
  }

  start(task: StepProcess): void {
    const { id } = task;
    // it is told how it ends like whoever asked first
    if (this.running.has(id) || this.unkept.has(id)) this.follow(id);
    else this.begin(task);
  }

  private begin(task: StepProcess): void {
    const { id } = task;
    const { instance, steps } = this.settings;
    const place = placeOf(steps, id);
    const step = new SupervisedStep({
      task,
      home: dirname(steps),
      place,
      instance,
      mark: markOf(instance, ++this.count),
      usage: this.usage,
      refused: () => {
        this.running.delete(id);
        this.tell({ type: 'exit', id, exit: STARTED_BEFORE });
      },
      started: () => this.tell({ type: 'started', id }),
      used: (usage) => this.tell({ type: 'usage', id, usage }),
      ended: (exit) => this.ended(id, place, exit),
    });
    this.running.set(id, step);
    step.begin();
  }

  cancel(id: string): void {
    this.running.get(id)?.end('cancelled');
  }

  follow(id: string): void {
    const exit = this.unkept.get(id);
    if (exit) this.tell({ type: 'exit', id, exit });
    else this.tell({ type: this.running.has(id) ? 'started' : 'unknown', id });
  }

  /** Whoever looks after them is about to go. */
  endAll(): void {
    for (const step of this.running.values()) step.end('lost');
  }

  private ended(id: string, place: StepPlace, exit: StepExit): void {
    this.running.delete(id);
    this.unkept.set(id, exit);
    this.keep(id, place, exit);
    this.tell({ type: 'exit', id, exit });
  }

  /** The only trace of how it ended, once a daemon has died: on a full disk, it waits until there is room. */
  private keep(id: string, place: StepPlace, exit: StepExit): void {
    try {
      // without its first line it never began, and may be begun another time
      if (exit.how !== 'not-started' || readJournal(place.journal)) note(place.journal, { exit });
    } catch {
      if (existsSync(place.folder)) return void setTimeout(() => this.keep(id, place, exit), TRY_AGAIN_MS);
    }
    this.unkept.delete(id);
    if (this.isIdle) this.idle();
  }
}
