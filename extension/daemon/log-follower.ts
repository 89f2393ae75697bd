import type { FSWatcher } from 'node:fs';
import { mkdirSync, watch } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { DAEMON_LOG, STATE_FILES, STATE_FOLDER } from '../../schemas/state-folder.ts';

const SHOWN_AT_FIRST = 16 * 1024;
/** Of what was written since the last look; nobody reads more, and all of it would be in memory. */
const MOST_AT_ONCE = 1024 * 1024;

/** Reads what is appended to the daemon's log, told by the file system, also over the log's rotation. */
export class LogFollower {
  private readonly folder: string;
  private readonly onLine: (line: string) => void;
  private readonly watcher: FSWatcher;
  private offset: number | undefined;
  private inode = 0;
  private rest = '';
  private decoder = new StringDecoder('utf8');
  private reading: Promise<void> = Promise.resolve();

  constructor(workspace: string, onLine: (line: string) => void) {
    this.folder = join(workspace, STATE_FOLDER, STATE_FILES.logs);
    this.onLine = onLine;
    mkdirSync(this.folder, { recursive: true });
    this.watcher = watch(this.folder, () => this.look());
    this.watcher.on('error', () => this.watcher.close());
    this.look();
  }

  dispose(): void {
    this.watcher.close();
  }

  private look(): void {
    this.reading = this.reading.then(() => this.read()).catch(() => undefined);
  }

  private async read(): Promise<void> {
    const path = join(this.folder, DAEMON_LOG);
    // opening a pipe would wait for ever
    if (!(await stat(path)).isFile()) return;
    const file = await open(path, 'r').catch(() => undefined);
    if (!file) return;
    try {
      await this.readNew(file);
    } finally {
      await file.close();
    }
  }

  private async readNew(file: FileHandle): Promise<void> {
    const { size, ino } = await file.stat();
    const first = this.offset === undefined;
    if (first) this.offset = Math.max(0, size - SHOWN_AT_FIRST);
    else if (ino !== this.inode || size < (this.offset ?? 0)) this.offset = 0;
    this.inode = ino;
    const left = this.offset ?? 0;
    if (size <= left) return;
    const from = Math.max(left, size - MOST_AT_ONCE);
    const skipped = from > left;
    if (skipped) this.rest = '';
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    this.offset = from + bytesRead;
    const lines = (this.rest + this.decoder.write(buffer.subarray(0, bytesRead))).split('\n');
    this.rest = (lines.pop() ?? '').slice(-MOST_AT_ONCE);
    // these may begin in the middle of a line
    for (const line of (first && from > 0) || skipped ? lines.slice(1) : lines) if (line !== '') this.onLine(line);
  }
}
