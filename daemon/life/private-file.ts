import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { asFileError } from '../base/file-errors.ts';

const OTHERS = 0o077;
/** Far more than any of them has. */
const MAX_BYTES = 65_536;

/** Writes JSON that only this user may read, whole or not at all. */
export function writePrivate(file: string, value: unknown): void {
  const draft = `${file}.${randomUUID()}`;
  try {
    // `wx`: never through a link that lies there
    writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(draft, file);
  } catch (thrown) {
    rmSync(draft, { force: true });
    throw asFileError(thrown, file);
  }
}

/** Reads it back; a missing, damaged or hand-edited file that does not fit counts as none. */
export function readPrivate<T extends TSchema>(file: string, schema: T): Static<T> | undefined {
  try {
    // a pipe would never end, and what is huge would fill the memory
    const found = statSync(file);
    if (!found.isFile() || found.size > MAX_BYTES) return undefined;
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Value.Check(schema, value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** False when other users could read it. Windows keeps that elsewhere, in the folder of the user. */
export function isPrivate(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return process.platform === 'win32' || (found !== undefined && (found.mode & OTHERS) === 0);
}
