import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { destination, pino } from 'pino';
import type { Disposable } from '../base/disposables.ts';
import type { Logger } from '../base/logger.ts';

const MAX_BYTES = 5_000_000;
const KEPT = 3;

/** `.crisol/logs/daemon.log`, one JSON object a line; when it is full it becomes daemon.1.log, and so on. */
export class LogFile implements Disposable {
  readonly logger: Logger;
  private readonly file: string;
  private readonly folder: string;
  private readonly output;
  private size: number;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    this.file = join(folder, 'daemon.log');
    this.output = destination({ dest: this.file, sync: false, minLength: 0 });
    this.size = sizeOf(this.file);
    this.output.on('write', (bytes: number) => this.grow(bytes));
    // a full disk must not take the daemon down with its log
    this.output.on('error', () => {});
    this.logger = pino({ base: undefined, timestamp: () => `,"time":"${new Date().toISOString()}"` }, this.output);
  }

  dispose(): void {
    this.output.flushSync();
    this.output.end();
  }

  private grow(bytes: number): void {
    this.size += bytes;
    if (this.size < MAX_BYTES) return;
    this.size = 0;
    for (let n = KEPT - 1; n >= 1; n--) move(this.numbered(n), this.numbered(n + 1));
    rmSync(this.numbered(KEPT + 1), { force: true });
    move(this.file, this.numbered(1));
    this.output.reopen(this.file);
  }

  private numbered(n: number): string {
    return join(this.folder, `daemon.${n}.log`);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function move(from: string, to: string): void {
  if (statSync(from, { throwIfNoEntry: false })) renameSync(from, to);
}
