import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STATE_FILES, STATE_FOLDER } from '../../schemas/workspace.ts';
import { CrisolError } from '../base/errors.ts';

const LAYOUT = 1;

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
      mkdirSync(this.path, { recursive: true, mode: 0o700 });
      writeFileSync(join(this.path, '.gitignore'), '*\n');
      // last: a folder with the marker is complete
      writeFileSync(marker, `${JSON.stringify({ product: 'crisol', layout: LAYOUT })}\n`);
    } catch (cause) {
      const full = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC';
      throw new CrisolError(full ? 'STORE_DISK_FULL' : 'STORE_READ_ONLY', `${this.path} could not be made.`, { cause });
    }
  }

  private refuseForeign(): void {
    if (!existsSync(this.path)) return;
    // an interrupted first start leaves at most its own .gitignore
    const foreign = !statSync(this.path).isDirectory() || readdirSync(this.path).some((name) => name !== '.gitignore');
    if (foreign) throw new CrisolError('STORE_FOREIGN', `${this.path} was not made by Crisol.`);
  }

  private checkMarker(marker: string): void {
    const { product, layout } = readMarker(marker);
    if (product !== 'crisol') throw new CrisolError('STORE_FOREIGN', `${this.path} was not made by Crisol.`);
    if (typeof layout !== 'number') throw new CrisolError('STORE_CORRUPT', `${marker} is damaged.`);
    if (layout > LAYOUT) throw new CrisolError('STORE_NEWER', `${this.path} was written by a newer Crisol.`);
  }
}

function readMarker(marker: string): { product?: unknown; layout?: unknown } {
  try {
    return Object(JSON.parse(readFileSync(marker, 'utf8')));
  } catch (cause) {
    throw new CrisolError('STORE_CORRUPT', `${marker} is damaged.`, { cause });
  }
}
