/** The daemon: it reads from top to bottom as it starts, and ends in reverse. */
import { VERSION } from '../schemas/version.ts';
import { Disposables } from './base/disposables.ts';
import { asCrisolError } from './base/errors.ts';
import { openDoors } from './doors.ts';
import type { DaemonReport } from './life/index.ts';
import { Eviction, InfoFile } from './life/index.ts';
import type { DaemonOptions } from './options.ts';
import { readOptions } from './options.ts';
import { Presence } from './presence.ts';
import { openRooms, openState } from './rooms.ts';
import { asStoreError } from './store/index.ts';

/** What we write is for this user alone; what the user's steps write has the modes that the user is used to. */
const usersUmask = process.umask(0o077);

async function start(options: DaemonOptions, life: Disposables): Promise<void> {
  const state = openState(options, life);
  const { info, folder, logger, clock } = state;
  process.on('uncaughtException', (failure) => {
    logger.error({ err: failure }, 'the daemon broke');
    void end(life, 1);
  });
  const rooms = openRooms(state, usersUmask, life);
  const leave = (reason: string) => {
    logger.info({ reason }, 'the daemon leaves');
    setImmediate(() => void end(life));
  };
  const idleMs = options.idleMinutes * 60_000;
  const presence = life.add(new Presence({ ...rooms, clock, idleMs, leave }));
  await openDoors(state, rooms, presence, options, life);

  // from here on we can be found
  life.add(new InfoFile(folder.file('info'), info));
  logger.info({ url: info.url, version: VERSION, workspace: info.workspace }, 'the daemon is here');
  void report({ type: 'ready' });
  life.add(new Eviction({ folder: folder.path, clock, evicted: () => presence.evicted() }));

  // what was under way when the last daemon ended
  rooms.pipelines.recover();
  rooms.sweeps.recover();
  rooms.triggers.recover().catch((failure) => logger.error({ err: failure }, 'not all triggers came back'));
  rooms.serving.recover().catch((failure) => logger.error({ err: failure }, 'not all endpoints came back'));
}

async function end(life: Disposables, code = 0): Promise<never> {
  // a room that cannot end must not keep the process
  setTimeout(() => process.exit(1), 10_000).unref();
  const failed = await life.dispose().catch((failure: unknown) => {
    console.error(failure);
    return 1;
  });
  process.exit(failed ?? code);
}

/** Answers once it is sent: an exit before that would swallow it. */
function report(message: DaemonReport): Promise<void> {
  return new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });
}

async function main(): Promise<void> {
  const life = new Disposables();
  process.once('SIGTERM', () => void end(life));
  process.once('SIGINT', () => void end(life));
  // whoever started us may leave: its channel closes, we stay
  process.on('disconnect', () => {});
  try {
    await start(readOptions(process.argv.slice(2)), life);
  } catch (thrown) {
    const error = asCrisolError(asStoreError(thrown, 'The store'));
    await report({ type: 'failed', error: error.toBody() });
    console.error(`${error.code}: ${error.message}\n${error.hint}`);
    process.disconnect?.();
    await end(life, 1);
  }
}

void main();
