/**
 * The daemon: it reads from top to bottom as it starts, and ends in reverse. Packed, this is a small program, which has
 * begun to look at files before the house, a hundred times as much, is read.
 */
import { join } from 'node:path';
import { startRest } from '../compiled/start.ts';
import type { ErrorBody } from '../schemas/wire/common.ts';
import { Disposables } from './base/disposables.ts';
import { asCrisolError } from './base/errors.ts';
import { openHome } from './home.ts';
import type { DaemonOptions } from './options.ts';
import { readOptions } from './options.ts';
import { Starter } from './starter.ts';

/** What we write is for this user alone; what the user's steps write has the modes that the user is used to. */
const usersUmask = process.umask(0o077);

/** The first of a version: what a start and a few requests need was compiled then. */
const KEEP_FIRST_AFTER_MS = 5000;
/** Who was here for so long has met what no start needs. */
const LONG_LIFE_S = 600;

async function start(options: DaemonOptions, starter: Starter, life: Disposables): Promise<void> {
  const home = openHome(options, usersUmask, life);
  const packed = join(import.meta.dirname, 'daemon-house.cjs');
  const { exports: house, wasKept, keep } = await startRest(packed, () => import('./house.ts'));
  await house.openHouse(home, options, life, {
    starter,
    ran: (run) => void starter.tell({ type: 'ran', ...run }),
    ready: (daemon) => void starter.tell({ type: 'ready', ...daemon }),
    failed: (error) => void fail(error, starter, life),
    leave: async (code) => {
      if (process.uptime() > LONG_LIFE_S) await keep();
      await end(life, code);
    },
  });
  if (!wasKept) setTimeout(keep, KEEP_FIRST_AFTER_MS).unref();
}

async function fail(error: ErrorBody, starter: Starter, life: Disposables): Promise<never> {
  await starter.tell({ type: 'failed', error });
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

async function main(): Promise<void> {
  const life = new Disposables();
  const starter = new Starter();
  process.once('SIGTERM', () => void end(life));
  process.once('SIGINT', () => void end(life));
  try {
    await start(readOptions(process.argv.slice(2)), starter, life);
  } catch (thrown) {
    await fail(asCrisolError(thrown).toBody(), starter, life);
  }
}

void main();
