import { join } from 'node:path';
import type { Clock } from '../../../base/clock.ts';
import { messageOf } from '../../../base/errors.ts';
import type { LogLimits, LogUsage, StepExecutor, StepExit, StepHandle, StepTask } from '../port.ts';
import { followApart } from './apart.ts';
import { machineCapacity } from './capacity.ts';
import { LocalHandle } from './handle.ts';
import { note, readJournal } from './journal.ts';
import type { Link } from './link.ts';
import { limitLogs } from './log-limits.ts';
import { placeOf } from './places.ts';
import type { Machine } from './process-for.ts';
import { processFor } from './process-for.ts';
import type { ToDaemon } from './protocol.ts';
import type { SupervisorsParts } from './supervisors.ts';
import { Supervisors } from './supervisors.ts';

/** A supervisor that has had nothing to do for so long is let go. */
const IDLE_MS = 60_000;
/** A supervisor that dies of a task would die of it again. */
const MOST_TRIES = 3;

const STARTED_BEFORE: StepExit = { code: null, how: 'not-started', reason: 'it was started before' };
const CANCELLED: StepExit = { code: null, how: 'cancelled', reason: 'it was cancelled' };
const LOST: StepExit = { code: null, how: 'lost', reason: 'it ended without a trace' };

export interface LocalParts extends Omit<SupervisorsParts, 'connected'>, Omit<Machine, 'debugging'> {
  clock: Clock;
}

/** Steps as processes of this machine, under a supervisor that outlives us. */
export class LocalExecutor implements StepExecutor {
  readonly capacity = machineCapacity();
  private readonly parts: LocalParts;
  private readonly machine: Machine;
  private readonly supervisors: Supervisors;
  /** those that have not ended, with whoever looks after them */
  private readonly running = new Map<string, { handle: LocalHandle; link?: Link }>();
  private readonly adopting = new Map<string, Promise<StepHandle | undefined>>();
  private stopIdle = () => {};
  private isDisposed = false;

  constructor(parts: LocalParts) {
    this.parts = parts;
    this.machine = { ...parts, debugging: join(parts.steps, 'debugging') };
    this.supervisors = new Supervisors({ ...parts, connected: (link) => this.attend(link) });
  }

  start(task: StepTask): StepHandle {
    const handle = new LocalHandle(task.id, placeOf(this.parts.steps, task.id), { task });
    if (this.running.has(task.id) || this.adopting.has(task.id)) {
      handle.settle(STARTED_BEFORE);
      return handle;
    }
    this.follow(handle);
    void this.launch(handle, task);
    return handle;
  }

  adopt(id: string): Promise<StepHandle | undefined> {
    const known = this.running.get(id);
    if (known) return Promise.resolve(known.handle);
    const adopting = this.adopting.get(id) ?? this.look(id).finally(() => this.adopting.delete(id));
    this.adopting.set(id, adopting);
    return adopting;
  }

  limitLogs(limits: LogLimits): Promise<LogUsage> {
    return limitLogs(this.parts.steps, limits);
  }

  async dispose(): Promise<void> {
    this.isDisposed = true;
    this.stopIdle();
    await this.supervisors.leave();
  }

  private follow(handle: LocalHandle): void {
    this.stopIdle();
    this.running.set(handle.id, { handle });
    void handle.exit.then(() => {
      this.running.delete(handle.id);
      if (this.running.size === 0 && !this.isDisposed) this.rest();
    });
  }

  private rest(): void {
    this.stopIdle();
    this.stopIdle = this.parts.clock.after(IDLE_MS, () => void this.supervisors.leave());
  }

  private async launch(handle: LocalHandle, task: StepTask): Promise<void> {
    try {
      const link = await this.supervisors.current();
      if (handle.isCancelled) return handle.settle(CANCELLED);
      const started = processFor(this.machine, task);
      this.lead(handle, link);
      link.send({ type: 'start', task: started });
    } catch (failure) {
      handle.settle({ code: null, how: 'not-started', reason: `it could not be started: ${messageOf(failure)}` });
    }
  }

  private async look(id: string): Promise<StepHandle | undefined> {
    await this.supervisors.takeOver();
    const place = placeOf(this.parts.steps, id);
    const journal = readJournal(place.journal);
    if (!journal) return undefined;
    const handle = new LocalHandle(id, place, { missing: journal.logFrom });
    if (journal.exit) {
      handle.settle(journal.exit);
      return handle;
    }
    this.follow(handle);
    const link = this.supervisors.linkTo(journal.instance);
    if (link) {
      this.lead(handle, link);
      link.send({ type: 'follow', id });
    } else {
      void this.settleOrphans([handle], journal.instance);
    }
    return handle;
  }

  private lead(handle: LocalHandle, link: Link): void {
    this.running.set(handle.id, { handle, link });
    handle.tellToEnd = () => link.send({ type: 'cancel', id: handle.id });
    if (handle.isCancelled) handle.tellToEnd();
  }

  private attend(link: Link): void {
    link.heard.on((message) => this.hear(message, link));
    void link.closed.then(() => {
      const orphans = [...this.running.values()].filter((one) => one.link === link);
      const handles = orphans.map(({ handle }) => handle);
      if (!this.isDisposed) void this.settleOrphans(handles, link.instance.id);
    });
  }

  private hear(message: ToDaemon, { instance }: Link): void {
    const handle = this.running.get(message.id)?.handle;
    if (!handle) return;
    if (message.type === 'started') handle.hasBegun();
    else if (message.type === 'usage') handle.uses(message.usage);
    else if (message.type === 'exit') handle.settle(message.exit);
    // it has ended just before it was asked for
    else void this.settleOrphans([handle], instance.id);
  }

  private async settleOrphans(handles: LocalHandle[], instance: string): Promise<void> {
    const open = handles.filter((handle) => !settleByJournal(handle));
    const journals = open.map(({ place }) => readJournal(place.journal)).filter((one) => one !== undefined);
    const isAlive = await this.supervisors.livesOn(instance, journals);
    await Promise.all(open.map((handle) => this.settleAfter(handle, instance, isAlive)));
  }

  /** By what lies on the disk, since nobody can be asked. */
  private async settleAfter(handle: LocalHandle, instance: string, isAlive: boolean): Promise<void> {
    if (settleByJournal(handle)) return;
    if (isAlive) {
      await followApart(handle, () => this.supervisors.lives(instance));
      return this.settleOrphans([handle], instance);
    }
    if (handle.isCancelled) return settleAs(handle, CANCELLED);
    const { task } = handle;
    const neverBegan = readJournal(handle.place.journal) === undefined;
    if (task && neverBegan && ++handle.tries < MOST_TRIES) return this.launch(handle, task);
    settleAs(handle, LOST);
  }
}

function settleByJournal(handle: LocalHandle): boolean {
  const exit = readJournal(handle.place.journal)?.exit;
  if (exit) handle.settle(exit);
  return exit !== undefined;
}

/** Nobody else will note it: its supervisor is dead. Whoever asks later gets the same answer. */
function settleAs(handle: LocalHandle, exit: StepExit): void {
  try {
    if (readJournal(handle.place.journal)) note(handle.place.journal, { exit });
  } catch {
    // the disk is full: it will be found out again
  }
  handle.settle(exit);
}
