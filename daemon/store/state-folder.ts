import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { STATE_FILES, STATE_FOLDER } from '../../schemas/state-folder.ts';
import { CrisolError } from '../base/errors.ts';
import { asFileError } from '../base/file-errors.ts';
import { refuseTraps } from './traps.ts';

const LAYOUT = 1;
/** What an interrupted first start leaves, or one that is under way. */
const BEGINNING = /^(\.gitignore|crisol\.json\.\d+)$/;

/** `<workspace>/.crisol`: made when missing, refused when it is somebody else's. */
export class StateFolder {
  readonly path: string;

  constructor(workspace: string) {
    this.path = join(workspace, STATE_FOLDER);
    this.claim();
  }

  file(name: keyof typeof STATE_FILES): string {
    return join(this.path, STATE_FILES[name]);
  }

  private claim(): void {
    const marker = this.file('marker');
    // before anything in it is opened
    refuseTraps(this.path);
    if (existsSync(marker) || this.isClaimed()) this.checkMarker(marker);
    else this.make(marker);
    this.close();
  }

  /** It holds tokens; one that came with a repository or an archive has the modes that others gave it. */
  private close(): void {
    try {
      chmodSync(this.path, 0o700);
    } catch (thrown) {
      throw asFileError(thrown, this.path);
    }
  }

  /** Refuses what somebody else made. Another start may be quicker than we between one look and the next. */
  private isClaimed(): boolean {
    // a link that leads nowhere is somebody's, too
    if (!lstatSync(this.path, { throwIfNoEntry: false })) return false;
    const names = statSync(this.path, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(this.path) : undefined;
    if (names?.includes(STATE_FILES.marker)) return true;
    if (names?.every((name) => BEGINNING.test(name))) return false;
    throw new CrisolError('STORE_FOREIGN', `${this.path} was not made by Crisol.`);
  }

  private make(marker: string): void {
    try {
      makeFolder(this.path);
      writeFileSync(join(this.path, '.gitignore'), '*\n');
      // last: a folder with the marker is complete
      const draft = `${marker}.${process.pid}`;
      writeFileSync(draft, `${JSON.stringify({ product: 'crisol', layout: LAYOUT })}\n`);
      renameSync(draft, marker);
    } catch (thrown) {
      throw asFileError(thrown, this.path);
    }
  }

  private checkMarker(marker: string): void {
    const { product, layout } = readMarker(marker);
    if (product !== 'crisol') throw new CrisolError('STORE_FOREIGN', `${this.path} was not made by Crisol.`);
    if (typeof layout !== 'number') throw new CrisolError('STORE_CORRUPT', `${marker} is damaged.`);
    if (layout > LAYOUT) throw new CrisolError('STORE_NEWER', `${this.path} was written by a newer Crisol.`);
  }
}

function makeFolder(path: string): void {
  try {
    // not `recursive`, which says of a read-only disk that there is no such folder
    mkdirSync(path, { mode: 0o700 });
  } catch (thrown) {
    if (!existsSync(path)) throw thrown;
  }
}

function readMarker(marker: string): { product?: unknown; layout?: unknown } {
  try {
    return Object(JSON.parse(readFileSync(marker, 'utf8')));
  } catch (cause) {
    throw new CrisolError('STORE_CORRUPT', `${marker} is damaged.`, { cause });
  }
}
