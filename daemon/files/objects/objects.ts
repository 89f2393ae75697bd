import { hash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { asFileError } from '../../base/file-errors.ts';
import { isMissing } from '../missing.ts';
import type { Raw } from '../raw.ts';
import { systemPath } from '../raw.ts';
import { OBJECTS, objectPath } from './paths.ts';

export interface StoredObject {
  sha256: string;
  bytes: number;
  /** milliseconds since 1970 */
  keptAt: number;
}

/** Contents by their sha256. Threads put them in and take copies out; what is left is done here. */
export class Objects {
  readonly folder: Raw;

  constructor(folder: Raw) {
    this.folder = folder;
  }

  has(sha256: string, bytes: number): boolean {
    const found = lstatSync(systemPath(objectPath(this.folder, sha256)), { throwIfNoEntry: false });
    return found?.isFile() === true && found.size === bytes;
  }

  /** Of a small one; undefined when it is gone or damaged. */
  read(sha256: string): Buffer | undefined {
    try {
      const content = readFileSync(systemPath(objectPath(this.folder, sha256)));
      return hash('sha256', content) === sha256 ? content : undefined;
    } catch (failure) {
      if (isMissing(failure)) return undefined;
      throw failure;
    }
  }

  drop(sha256: string): void {
    try {
      rmSync(systemPath(objectPath(this.folder, sha256)), { force: true });
    } catch (failure) {
      throw asFileError(failure, this.folder);
    }
  }

  /** Others' work is done in between. */
  async *all(): AsyncGenerator<StoredObject> {
    for (const start of namesIn(`${this.folder}/${OBJECTS}`, /^[0-9a-f]{2}$/)) {
      for (const rest of namesIn(`${this.folder}/${OBJECTS}/${start}`, /^[0-9a-f]{62}$/)) {
        const sha256 = start + rest;
        const found = lstatSync(systemPath(objectPath(this.folder, sha256)), { throwIfNoEntry: false });
        if (found?.isFile()) yield { sha256, bytes: found.size, keptAt: found.mtimeMs };
      }
      await setImmediate();
    }
  }
}

function namesIn(folder: Raw, pattern: RegExp): string[] {
  try {
    return readdirSync(systemPath(folder), 'latin1').filter((name) => pattern.test(name));
  } catch (failure) {
    if (isMissing(failure)) return [];
    throw failure;
  }
}
