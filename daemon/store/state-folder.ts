import {
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
import { STATE_FILES, STATE_FOLDER } from '../../schemas/workspace.ts';
import { CrisolError } from '../base/errors.ts';
import { asFileError } from '../base/file-errors.ts';

const LAYOUT = 1;
const DRAFT = 'crisol.json.draft';
const BEGINNING = new Set(['.gitignore', DRAFT]);

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
    if (existsSync(marker)) this.checkMarker(marker);
    else this.make(marker);
  }

  private make(marker: string): void {
    this.refuseForeign();
    try {
      // not `recursive`, which says of a read-only disk that there is no such folder
      if (!existsSync(this.path)) mkdirSync(this.path, { mode: 0o700 });
      writeFileSync(join(this.path, '.gitignore'), '*\n');
      // last: a folder with the marker is complete
      const draft = join(this.path, DRAFT);
      writeFileSync(draft, `${JSON.stringify({ product: 'crisol', layout: LAYOUT })}\n`);
      renameSync(draft, marker);
    } catch (thrown) {
      throw asFileError(thrown, this.path);
    }
  }

  private refuseForeign(): void {
    // a link that leads nowhere is somebody's, too
    if (!lstatSync(this.path, { throwIfNoEntry: false })) return;
    if (!existsSync(this.path) || !isOurBeginning(this.path))
      throw new CrisolError('STORE_FOREIGN', `${this.path} was not made by Crisol.`);
  }

  private checkMarker(marker: string): void {
    const { product, layout } = readMarker(marker);
    if (product !== 'crisol') throw new CrisolError('STORE_FOREIGN', `${this.path} was not made by Crisol.`);
    if (typeof layout !== 'number') throw new CrisolError('STORE_CORRUPT', `${marker} is damaged.`);
    if (layout > LAYOUT) throw new CrisolError('STORE_NEWER', `${this.path} was written by a newer Crisol.`);
  }
}

/** What an interrupted first start leaves. */
function isOurBeginning(folder: string): boolean {
  return statSync(folder).isDirectory() && readdirSync(folder).every((name) => BEGINNING.has(name));
}

function readMarker(marker: string): { product?: unknown; layout?: unknown } {
  try {
    return Object(JSON.parse(readFileSync(marker, 'utf8')));
  } catch (cause) {
    throw new CrisolError('STORE_CORRUPT', `${marker} is damaged.`, { cause });
  }
}
