import { watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { STATE_FILES, STATE_FOLDER } from '../../schemas/state-folder.ts';
import { findDaemon } from './find.ts';

/**
 * Looks out for a daemon that somebody else (a terminal, another window) starts for the folder; once this is there, none is
 * missed. It `appeared` also when the look-out is called off.
 */
export async function lookOutForDaemon(folder: string, signal: AbortSignal): Promise<{ appeared: Promise<void> }> {
  const state = join(folder, STATE_FOLDER);
  // not its parents: a workspace that was deleted must not come back
  await mkdir(state, { mode: 0o700 }).catch(() => undefined);
  const calledOff = aborted(signal);
  const found = Promise.withResolvers<void>();
  const look = async () => {
    if (await findDaemon(folder)) found.resolve();
  };
  try {
    const watcher = watch(state, (_, filename) => {
      if (filename === STATE_FILES.info) look().catch(() => undefined);
    });
    watcher.on('error', () => undefined);
    const appeared = Promise.race([found.promise, calledOff]);
    return { appeared: appeared.finally(() => watcher.close()) };
  } catch {
    // a folder that cannot be watched: a person says when to try again
    return { appeared: calledOff };
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
