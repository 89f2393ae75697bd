import type { FSWatcher } from 'node:fs';
import { watch } from 'node:fs';
import { isAlive, signalGroup } from '../processes/index.ts';
import type { LocalHandle } from './handle.ts';
import { readJournal } from './journal.ts';

/** Nobody tells when a process ends that we have no connection to; one that was killed notes nothing either. */
const LOOK_EVERY_MS = 2_000;
const GRACE_MS = 5_000;

/**
 * Follows a step whose supervisor lives and cannot be talked to (of another version, or in another view of the machine): by
 * its journal. Answers when it has ended, or the supervisor has.
 */
export function followApart(handle: LocalHandle, supervisorLives: () => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { journal, folder } = handle.place;
  const look = () => {
    // alive first: it may note something, and end, between the two
    const lives = supervisorLives();
    if (!lives || readJournal(journal)?.exit) resolve();
  };
  const watcher = tryToWatch(folder, look);
  const timer = setInterval(look, LOOK_EVERY_MS);
  handle.tellToEnd = () => endApart(journal);
  if (handle.isCancelled) handle.tellToEnd();
  look();
  return promise.finally(() => {
    clearInterval(timer);
    watcher?.close();
  });
}

function endApart(journal: string): void {
  const tell = (signal: NodeJS.Signals) => {
    const { pid, born } = readJournal(journal) ?? {};
    if (pid !== undefined && born !== undefined && isAlive(pid, born)) signalGroup(pid, signal);
  };
  tell('SIGTERM');
  setTimeout(() => tell('SIGKILL'), GRACE_MS).unref();
}

function tryToWatch(folder: string, changed: () => void): FSWatcher | undefined {
  try {
    return watch(folder, changed).on('error', () => {});
  } catch {
    return undefined;
  }
}
