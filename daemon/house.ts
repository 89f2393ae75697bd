/** All that the daemon is, from what is kept to who gets in. */
import { VERSION } from '../schemas/version.ts';
import type { Disposables } from './base/disposables.ts';
import { openDoors } from './doors.ts';
import type { Home } from './home.ts';
import type { FoundDaemon } from './life/index.ts';
import { Eviction, InfoFile } from './life/index.ts';
import type { DaemonOptions } from './options.ts';
import { Presence } from './presence.ts';
import { openRooms, openState } from './rooms.ts';

export interface Ways {
  /** it can be found */
  ready(daemon: FoundDaemon): void;
  /** it is to leave, and with which exit code */
  leave(code?: number): void;
}

export async function openHouse(home: Home, options: DaemonOptions, life: Disposables, { ready, leave }: Ways) {
  const state = openState(home, options, life);
  const { info, folder, logger, clock } = state;
  process.on('uncaughtException', (failure) => {
    logger.error({ err: failure }, 'the daemon broke');
    leave(1);
  });
  const rooms = openRooms(state, life);
  const goOut = (reason: string) => {
    logger.info({ reason }, 'the daemon leaves');
    setImmediate(() => leave());
  };
  const idleMs = options.idleMinutes * 60_000;
  const presence = life.add(new Presence({ ...rooms, clock, idleMs, leave: goOut }));
  const status = await openDoors(state, rooms, presence, options, life);

  // what was under way when the last daemon ended
  rooms.pipelines.recover();
  rooms.sweeps.recover();
  rooms.triggers.recover().catch((failure) => logger.error({ err: failure }, 'not all triggers came back'));
  rooms.serving.recover().catch((failure) => logger.error({ err: failure }, 'not all endpoints came back'));

  // from here on we can be found
  life.add(new InfoFile(folder.file('info'), info));
  logger.info({ url: info.url, version: VERSION, workspace: info.workspace }, 'the daemon is here');
  ready({ info, status: status() });
  life.add(new Eviction({ folder: folder.path, clock, evicted: () => presence.evicted() }));
}
