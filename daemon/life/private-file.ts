import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';

/** Writes JSON that only this user may read, whole or not at all. */
export function writePrivate(file: string, value: unknown): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

/** Reads it back; a missing, damaged or hand-edited file that does not fit counts as none. */
export function readPrivate<T extends TSchema>(file: string, schema: T): Static<T> | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Value.Check(schema, value) ? value : undefined;
  } catch {
    return undefined;
  }
}
