import type { ScheduleModel } from '../../../schemas/language/trigger-model.ts';
import type { CalledTrigger } from '../../../schemas/language/trigger-names.ts';
import { timeInWords } from '../../../schemas/language/values/times-in-words.ts';
import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';
import type { Logger } from '../../base/logger.ts';
import { Alarm } from '../alarm.ts';
import type { Firings } from '../firings.ts';
import { firingFor } from '../occasions.ts';
import type { KeptFiring, Memory } from '../records.ts';
import { NO_MEMORY } from '../records.ts';
import type { TriggerRepository } from '../repository.ts';
import type { Due } from './due.ts';
import { dueSince, nextDue } from './due.ts';

/** The disk may have room again by then. */
const TRY_AGAIN_MS = 10_000;

export interface CalledSchedule extends CalledTrigger {
  trigger: ScheduleModel;
}

interface Deps {
  repository: TriggerRepository;
  firings: Firings;
  clock: Clock;
  logger: Logger;
}

/** Looks when a time has come, and makes each time an occasion exactly once, whoever dies when. */
export class Schedules implements Disposable {
  private readonly deps: Deps;
  private readonly alarm: Alarm;
  private acting: CalledSchedule[] = [];
  private readonly memories = new Map<string, Memory>();
  private looking: Promise<void> = Promise.resolve();

  constructor(deps: Deps) {
    this.deps = deps;
    this.alarm = new Alarm(deps.clock, () => void this.look());
  }

  /** From now on these act by themselves. */
  act(schedules: readonly CalledSchedule[]): Promise<void> {
    this.acting = [...schedules];
    for (const { key } of schedules) {
      if (!this.memories.has(key)) this.memories.set(key, this.deps.repository.remembered(key));
    }
    return this.look();
  }

  /** What is remembered of it is other than what was read. */
  forget(key: string): void {
    this.memories.delete(key);
  }

  look(): Promise<void> {
    this.looking = this.looking.then(() => this.lookAtAll());
    return this.looking;
  }

  /** Somebody uses the daemon: a machine that slept is awake. */
  noticed(): void {
    this.alarm.noticed();
  }

  nextAt({ key, trigger }: CalledSchedule): number | null {
    const now = this.deps.clock.now();
    const seen = this.memories.get(key)?.seen ?? now;
    // a time that is not dealt with yet is that which comes next
    return nextDue(trigger, Math.min(seen, now));
  }

  dispose(): void {
    this.acting = [];
    this.alarm.dispose();
  }

  private async lookAtAll(): Promise<void> {
    const { clock, logger } = this.deps;
    let again: number | null = null;
    for (const schedule of this.acting) {
      try {
        await this.lookAt(schedule, clock.now());
      } catch (failure) {
        logger.error({ err: failure, trigger: schedule.name }, 'a schedule could not act; it is looked at again soon');
        again = clock.now() + TRY_AGAIN_MS;
      }
    }
    const times = this.acting.flatMap((schedule) => nextDue(schedule.trigger, clock.now()) ?? []);
    if (again !== null) times.push(again);
    this.alarm.set(times.length > 0 ? Math.min(...times) : null);
  }

  private async lookAt(schedule: CalledSchedule, now: number): Promise<void> {
    const { key, trigger } = schedule;
    const memory = this.memories.get(key) ?? NO_MEMORY;
    const { seen } = memory;
    if (seen === null) return this.remember(key, { ...memory, seen: now });
    const due = dueSince(trigger, seen, now);
    if (due.runs.length === 0 && due.missed === null) {
      // the clock was set back: what it comes to again has its name already, and does not run again
      if (seen > now) this.memories.set(key, { ...memory, seen: now });
      return;
    }
    await this.remember(key, { ...memory, seen: now }, this.firingsFor(schedule, due, now));
    if (due.missed || due.runs.some(({ missed }) => missed)) this.tell(schedule, due);
  }

  private async remember(key: string, memory: Memory, firings: KeptFiring[] = []): Promise<void> {
    await this.deps.firings.take(firings, new Map([[key, memory]]));
    this.memories.set(key, memory);
  }

  private firingsFor(schedule: CalledSchedule, { runs, missed }: Due, now: number): KeptFiring[] {
    const { trigger } = schedule;
    const isBatch = runs.length > 1;
    const firings = runs.map((run) => {
      // those that are made up for wait for one another
      const overlap = isBatch && trigger.overlap !== 'allow' ? 'queue' : trigger.overlap;
      const reason = run.missed ? `makes up for ${timeInWords(run.at, trigger.timezone)}` : '';
      return firingFor(schedule, { word: String(run.at), at: now, due_at: run.at, reason, wanted: { overlap } });
    });
    if (!missed) return firings;
    const { newest, count } = missed;
    const reason = `${missedInWords(missed, trigger)}; ${insteadInWords(runs.length, count, trigger)}`;
    // told first: the run that makes up for them is the newer news
    const told = firingFor(schedule, { word: String(newest), at: now, due_at: newest, state: 'missed', count, reason });
    return [told, ...firings];
  }

  private tell({ name, trigger }: CalledSchedule, { runs, missed }: Due): void {
    const madeUp = runs.filter((run) => run.missed);
    const newest = madeUp.at(-1)?.at ?? missed?.newest ?? 0;
    const times = { missed: (missed?.count ?? 0) + madeUp.length, made_up: runs.length };
    const last = timeInWords(newest, trigger.timezone);
    this.deps.logger.warn(
      { trigger: name, last, ...times },
      'a schedule was missed: no daemon was there, or the machine slept',
    );
  }
}

function missedInWords({ newest, count, countless }: NonNullable<Due['missed']>, { timezone }: ScheduleModel): string {
  const last = timeInWords(newest, timezone);
  if (count === 1 && !countless) return `${last} was missed`;
  return `${countless ? 'more than ' : ''}${count} times were missed, the last one ${last}`;
}

function insteadInWords(runs: number, missed: number, { catchup }: ScheduleModel): string {
  if (catchup === 'none') return 'not made up for (`catchup: none`)';
  return runs === 1 ? `one run makes up for ${missed === 1 ? 'it' : 'them'}` : `the newest ${runs} are made up for`;
}
