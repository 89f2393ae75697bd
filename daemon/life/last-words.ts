import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAX_BYTES = 16_384;

/** What a daemon writes that breaks before it has a log. */
export interface LastWords {
  /** for its standard error */
  stdio: number | 'ignore';
  /** the line that says most */
  read(): string | undefined;
  close(): void;
}

/** A file that has no name any more; a pipe would break when we leave and the daemon stays. */
export function listenToLastWords(): LastWords {
  const handle = openNameless();
  if (handle === undefined) return { stdio: 'ignore', read: () => undefined, close() {} };
  let open = true;
  return {
    stdio: handle,
    read() {
      // once it is closed, its number may already be another file's
      if (!open) return undefined;
      const buffer = Buffer.alloc(MAX_BYTES);
      const lines = buffer.toString('utf8', 0, readSync(handle, buffer, 0, MAX_BYTES, 0)).split('\n');
      return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.findLast((line) => line.trim() !== '');
    },
    close() {
      open = false;
      closeSync(handle);
    },
  };
}

function openNameless(): number | undefined {
  try {
    const folder = mkdtempSync(join(tmpdir(), 'crisol-start-'));
    const handle = openSync(join(folder, 'stderr'), 'w+');
    rmSync(folder, { recursive: true, force: true });
    return handle;
  } catch {
    // it will start without: there is no room, or this system keeps the names of open files
    return undefined;
  }
}
