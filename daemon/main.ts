/**
 * The daemon: it reads from top to bottom as it starts, and ends in reverse. Packed, this is a small program, which has
 * begun to look at files before the house, a hundred times as much, is read.
 */
import type { ErrorBody } from '../schemas/wire/common.ts';
import { Disposables } from './base/disposables.ts';
import { asCrisolError } from './base/errors.ts';
import { openHome } from './home.ts';
import type { DaemonReport } from './life/index.ts';
import type { DaemonOptions } from './options.ts';
import { readOptions } from './options.ts';

/** What we write is for this user alone; what the user's steps write has the modes that the user is used to. */
const usersUmask = process.umask(0o077);

async function start(options: DaemonOptions, life: Disposables): Promise<void> {
  const home = openHome(options, usersUmask, life);
  const { openHouse } = await import('./house.ts');
  await openHouse(home, options, life, {
    ran: (run) => void report({ type: 'ran', ...run }),
    ready: (daemon) => void report({ type: 'ready', ...daemon }),
    failed: (error) => void fail(error, life),
    leave: (code) => void end(life, code),
  });
}

async function fail(error: ErrorBody, life: Disposables): Promise<never> {
  await report({ type: 'failed', error });
  console.error(`${error.error_code}: ${error.message}\n${error.hint}`);
  process.disconnect?.();
  return end(life, 1);
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
    await fail(asCrisolError(thrown).toBody(), life);
  }
}

void main();
