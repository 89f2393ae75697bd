import { mkdir, watch } from 'node:fs/promises';
import { join } from 'node:path';
import { STATE_FILES, STATE_FOLDER } from '../../schemas/state-folder.ts';
import { findDaemon } from './find.ts';

/** Resolves when somebody else (a terminal, another window) has started the folder's daemon, or when it is aborted. */
export async function daemonAppears(folder: string, signal: AbortSignal): Promise<void> {
  const state = join(folder, STATE_FOLDER);
  try {
    // not its parents: a workspace that was deleted must not come back
    await mkdir(state, { mode: 0o700 }).catch(() => undefined);
    for await (const { filename } of watch(state, { signal })) {
      if (filename === STATE_FILES.info && (await findDaemon(folder))) return;
    }
  } catch {
    // aborted, or a folder that cannot be watched: then a person says when to try again
    await aborted(signal);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
