import type { EventEmitter } from 'node:events';
import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { destination, pino } from 'pino';
import { DAEMON_LOG } from '../../schemas/state-folder.ts';
import type { Disposable } from '../base/disposables.ts';
import { asFileError } from '../base/file-errors.ts';
import type { Logger } from '../base/logger.ts';

const MAX_BYTES = 5_000_000;
const KEPT = 3;
/** What waits to be written; the rest is dropped, so that a full disk does not fill the memory, too. */
const MAX_WAITING_BYTES = 1_000_000;

/** `.crisol/logs/daemon.log`, one JSON object a line; when it is full it becomes daemon.1.log, and so on. */
export class LogFile implements Disposable {
  readonly logger: Logger;
  private readonly file: string;
  private readonly folder: string;
  private readonly output;
  private readonly opened: Promise<boolean>;
  private size: number;

  constructor(folder: string) {
    this.folder = folder;
    this.file = join(folder, DAEMON_LOG);
    prepare(this.file);
    this.output = destination({ dest: this.file, sync: false, minLength: 0, maxLength: MAX_WAITING_BYTES });
    this.opened = eitherOf(this.output, 'ready', 'error').then((event) => event === 'ready');
    this.size = sizeOf(this.file);
    this.output.on('write', (bytes: number) => this.grow(bytes));
    // a full disk must not take the daemon down with its log
    this.output.on('error', () => {});
    this.logger = pino({ base: undefined, timestamp: () => `,"time":"${new Date().toISOString()}"` }, this.output);
  }

  /** When it has ended, all that was said is in the file, or the disk is full and the rest is lost. */
  async dispose(): Promise<void> {
    // a start that fails in its first moment wants to say so in it
    if (!(await this.opened)) return;
    const closed = eitherOf(this.output, 'close', 'error');
    this.output.end();
    await closed;
  }

  private grow(bytes: number): void {
    this.size += bytes;
    if (this.size < MAX_BYTES) return;
    this.size = 0;
    try {
      this.turnOver();
    } catch {
      // it grows on, until there is room again
    }
  }

  private turnOver(): void {
    for (let n = KEPT - 1; n >= 1; n--) move(this.numbered(n), this.numbered(n + 1));
    rmSync(this.numbered(KEPT + 1), { force: true });
    move(this.file, this.numbered(1));
    this.output.reopen(this.file);
  }

  private numbered(n: number): string {
    const { name, ext } = parse(DAEMON_LOG);
    return join(this.folder, `${name}.${n}${ext}`);
  }
}

/** Fails now and in words, not later and unheard. */
function prepare(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    closeSync(openSync(file, 'a'));
  } catch (thrown) {
    throw asFileError(thrown, file);
  }
}

/** Which of two events came first. */
function eitherOf<E extends string>(emitter: EventEmitter, ...events: E[]): Promise<E> {
  return new Promise((resolve) => {
    for (const event of events) emitter.once(event, () => resolve(event));
  });
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function move(from: string, to: string): void {
  if (statSync(from, { throwIfNoEntry: false })) renameSync(from, to);
}
