import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemClock } from '../../../../daemon/base/clock.ts';
import { messageOf } from '../../../../daemon/base/errors.ts';
import { LocalExecutor } from '../../../../daemon/pipelines/executors/local/executor.ts';
import type { LogLimits, StepExecutor, StepHandle, StepTask } from '../../../../daemon/pipelines/executors/port.ts';
import { isAlive } from '../../../support/processes.ts';
import { Carrier } from './carrier.ts';
import { FarHandle, notStarted } from './far-handle.ts';
import type { StepMachine } from './machine.ts';

/**
 * Steps on another machine, for which a folder stands. It shares nothing with ours: tasks come there as text, files are carried,
 * and its steps have its own environment. The port alone must be enough for that.
 */
export class Elsewhere implements StepExecutor {
  /** all that was said of steps */
  readonly texts: string[] = [];
  private readonly carrier: Carrier;
  private readonly there: LocalExecutor;
  private readonly onTheWay = new Set<Promise<StepHandle>>();
  private readonly known = new Map<string, Promise<StepHandle | undefined>>();

  constructor(workspace: string, home: string, python?: string) {
    this.carrier = new Carrier(workspace, home);
    this.there = new LocalExecutor({
      workspace: home,
      umask: 0o022,
      env: { PATH: '/usr/bin:/bin', HOME: home, GATES: join(home, 'gates') },
      python: { find: () => (python === undefined ? python : { path: python, from: 'chosen' }), debugpy: undefined },
      clock: systemClock,
      seal: (...words) => JSON.stringify(words),
      steps: join(home, 'runs'),
      folder: join(home, 'supervisors'),
      version: '1',
    });
  }

  get capacity() {
    return this.there.capacity;
  }

  start(task: StepTask): StepHandle {
    const text = JSON.stringify(task);
    this.texts.push(text);
    const { id } = task;
    if (this.known.has(id)) return notStarted('it was started before');
    const arrived = this.send(text);
    this.onTheWay.add(arrived);
    void arrived.then(({ started }) => started).then(() => this.onTheWay.delete(arrived));
    return this.follow(id, arrived);
  }

  async adopt(id: string): Promise<StepHandle | undefined> {
    const known = this.known.get(id) ?? this.look(id);
    this.known.set(id, known);
    const found = await known;
    if (!found) this.known.delete(id);
    return found;
  }

  limitLogs(limits: LogLimits) {
    return this.there.limitLogs(limits);
  }

  /** Once what is on its way has begun there. */
  async dispose(): Promise<void> {
    await Promise.all(this.onTheWay);
    await this.there.dispose();
  }

  private async look(id: string): Promise<StepHandle | undefined> {
    const found = await this.there.adopt(id);
    return found && this.follow(id, Promise.resolve(found));
  }

  private follow(id: string, arrived: Promise<StepHandle>): StepHandle {
    const handle = new FarHandle(arrived, () => this.carrier.giveBack(id));
    this.known.set(id, Promise.resolve(handle));
    void handle.exit.finally(() => this.known.delete(id));
    return handle;
  }

  private async send(text: string): Promise<StepHandle> {
    const task: StepTask = JSON.parse(text);
    if (await this.there.adopt(task.id)) return notStarted('it was started before');
    try {
      return this.there.start(await this.carrier.take(task));
    } catch (failure) {
      return notStarted(`it could not be started: ${messageOf(failure)}`);
    }
  }
}

/** Beside the workspace, so that it goes with it. */
export function openElsewhere({ folder }: { folder: string }, python?: string) {
  const home = join(dirname(folder), 'another-machine');
  const machine: StepMachine = {
    gate: (name) => ({
      shut: `[ ! -e "$GATES/${name}" ]`,
      open() {
        mkdirSync(join(home, 'gates'), { recursive: true });
        writeFileSync(join(home, 'gates', name), '');
      },
    }),
    lives: isAlive,
  };
  return { executor: new Elsewhere(folder, home, python), machine };
}
