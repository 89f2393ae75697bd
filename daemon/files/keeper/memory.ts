import { lstatSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { CrisolError } from '../../base/errors.ts';
import { asFileError } from '../../base/file-errors.ts';
import { Disks } from '../looking/disks.ts';
import { loadKnown, saveKnown } from '../looking/index-file.ts';
import type { Known } from '../looking/known.ts';
import { timeOfDisk } from '../looking/probe.ts';
import { OBJECTS, STAGING } from '../objects/paths.ts';
import type { Raw } from '../raw.ts';
import { rawOf, systemPath } from '../raw.ts';
import { ListLog } from '../tree/list-log.ts';
import type { KeeperOptions } from './protocol.ts';

const INDEX = 'index';
const LISTS = 'lists';
const TIME = 'time';
/** Changes that come one after another are written together. */
const SAVE_AFTER_MS = 1000;

/** What is remembered between calls, and on the disk: `.crisol/cache`. */
export class Memory {
  readonly folder: Raw;
  readonly disks = new Disks();
  readonly lists: ListLog;
  private loaded: Known | undefined;
  private now = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor({ folder }: KeeperOptions) {
    this.folder = rawOf(folder);
    this.lists = new ListLog(`${this.folder}/${LISTS}`);
  }

  get known(): Known {
    this.loaded ??= this.load();
    return this.loaded;
  }

  tellTime(clock: number): void {
    this.now = clock;
    this.known.tellTime(clock, performance.now());
  }

  /** A time that is not after the one that the disk would give now. */
  timeOfDisk(clock: number): number {
    return timeOfDisk(`${this.folder}/${TIME}`, clock);
  }

  /** What all of it takes on the disk. */
  bytes(): number {
    return this.lists.bytes() + (statSync(systemPath(`${this.folder}/${INDEX}`), { throwIfNoEntry: false })?.size ?? 0);
  }

  saveSoon(): void {
    if (this.loaded?.isDirty) this.timer ??= setTimeout(() => this.saveQuietly(), SAVE_AFTER_MS);
  }

  /** A disk that is full costs no answer: what is not saved is read again. */
  saveQuietly(): void {
    try {
      this.save();
    } catch {
      // whoever wants to write something will be told
    }
  }

  private save(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.loaded?.isDirty) saveKnown(`${this.folder}/${INDEX}`, this.loaded, this.now);
  }

  private load(): Known {
    for (const part of ['', `/${OBJECTS}`, `/${STAGING}`]) makeFolder(this.folder + part);
    return loadKnown(`${this.folder}/${INDEX}`, this.now);
  }
}

/** `.crisol` may have come with a repository: no link in it is followed. */
function makeFolder(path: Raw): void {
  const found = lstatSync(systemPath(path), { throwIfNoEntry: false });
  if (found && !found.isDirectory()) {
    throw new CrisolError('STORE_FOREIGN', `${path} is no folder, but a link or a file.`, { hint: 'Take it away.' });
  }
  try {
    // what was being made when a daemon ended
    if (found && path.endsWith(STAGING)) rmSync(systemPath(path), { recursive: true, force: true });
    mkdirSync(systemPath(path), { recursive: true, mode: 0o700 });
  } catch (failure) {
    throw asFileError(failure, path);
  }
}
