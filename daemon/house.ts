/** All that the daemon is, from what is kept to who gets in. */
import { VERSION } from '../schemas/version.ts';
import type { ErrorBody } from '../schemas/wire/common.ts';
import type { Disposables } from './base/disposables.ts';
import { asCrisolError } from './base/errors.ts';
import { lazily } from './base/lazily.ts';
import { beginFirstRun } from './first-run.ts';
import type { Home } from './home.ts';
import type { FinishedRun, ReadyDaemon } from './life/index.ts';
import { Eviction, InfoFile } from './life/index.ts';
import type { DaemonOptions } from './options.ts';
import { Presence } from './presence.ts';
import { openRooms, openState } from './rooms.ts';
import type { Starter } from './starter.ts';
import { asStoreError } from './store/index.ts';

export interface Ways {
  /** who may want a run */
  starter: Starter;
  /** the run that it was started for is over before anybody could find it */
  ran(run: FinishedRun): void;
  /** it can be found */
  ready(daemon: ReadyDaemon): void;
  /** it cannot be, and why; in words, since a bundle of its own knows none of our classes */
  failed(error: ErrorBody): void;
  /** it is to leave, and with which exit code */
  leave(code?: number): void;
}

export async function openHouse(home: Home, options: DaemonOptions, life: Disposables, ways: Ways): Promise<void> {
  try {
    await open(home, options, life, ways);
  } catch (thrown) {
    ways.failed(asCrisolError(asStoreError(thrown, 'The store')).toBody());
  }
}

async function open(
  home: Home,
  options: DaemonOptions,
  life: Disposables,
  { starter, ran, ready, leave }: Ways,
): Promise<void> {
  const state = openState(home, options, life);
  const { info, folder, logger, clock } = state;
  process.on('uncaughtException', (failure) => {
    logger.error({ err: failure }, 'the daemon broke');
    leave(1);
  });
  const stepBegins = Promise.withResolvers<void>();
  const canLog = () => {
    stepBegins.resolve();
    return doors();
  };
  const rooms = openRooms(state, canLog, life);
  const goOut = (reason: string) => {
    logger.info({ reason }, 'the daemon leaves');
    setImmediate(() => leave());
  };
  const idleMs = options.idleMinutes * 60_000;
  const presence = life.add(new Presence({ ...rooms, clock, idleMs, leave: goOut }));
  // they take longer to make than all that is behind them
  const doors = lazily(async () => (await import('./doors.ts')).openDoors(state, rooms, presence, options, life));
  const around = { starter, stepBegins: stepBegins.promise, ended: ran };
  const run = options.forRun ? await beginFirstRun(rooms, around) : undefined;
  const status = await doors();

  // what was under way when the last daemon ended
  rooms.pipelines.recover();
  rooms.sweeps.recover();
  rooms.triggers.recover().catch((failure) => logger.error({ err: failure }, 'not all triggers came back'));
  rooms.serving.recover().catch((failure) => logger.error({ err: failure }, 'not all endpoints came back'));

  // from here on we can be found
  life.add(new InfoFile(folder.file('info'), info));
  logger.info({ url: info.url, version: VERSION, workspace: info.workspace }, 'the daemon is here');
  ready({ info, status: status(), run });
  life.add(new Eviction({ folder: folder.path, clock, evicted: () => presence.evicted() }));
}
