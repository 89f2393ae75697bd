import { hash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { SHA_BYTES } from '../jobs/job.ts';
import { FIELDS } from '../jobs/stat.ts';
import type { Raw } from '../raw.ts';
import { systemPath } from '../raw.ts';
import type { Single } from './known.ts';
import { Known } from './known.ts';
import type { Table } from './table.ts';

/** Another version's file is thrown away: all of it can be read again. */
const HEAD = Buffer.from(`crisol stat index 1 node ${process.versions.v8.split('.')[0]}\n`);

interface Saved {
  savedAt: number;
  tables: [path: Raw, table: Omit<Table, 'names'>, names: string][];
  singles: [path: Raw, single: Single][];
}

/** An empty one when there is none, or it is damaged: then all is read once more, and nothing is trusted wrongly. */
export function loadKnown(file: Raw, now: number): Known {
  const saved = readSaved(file);
  if (!saved) return new Known();
  const tables = saved.tables.map(([path, table, names]): [Raw, Table] => {
    return [path, { ...table, names: names === '' ? [] : names.split('/') }];
  });
  const known = new Known(new Map(tables), new Map(saved.singles));
  // the clock was set back while nobody watched it
  if (now < saved.savedAt) known.distrust(now);
  return known;
}

/** It has its name when all of it is written. */
export function saveKnown(file: Raw, known: Known, now: number): void {
  known.forget(now);
  const tables = [...known.tables].map(([path, { names, ...table }]): Saved['tables'][number] => {
    return [path, table, names.join('/')];
  });
  const content = serialize({ savedAt: now, tables, singles: [...known.singles] } satisfies Saved);
  const draft = systemPath(`${file}.partial`);
  try {
    writeFileSync(draft, Buffer.concat([HEAD, hash('sha256', content, 'buffer'), content]), { mode: 0o600 });
    renameSync(draft, systemPath(file));
  } finally {
    rmSync(draft, { force: true });
  }
  known.isDirty = false;
}

function readSaved(file: Raw): Saved | undefined {
  try {
    const bytes = readFileSync(systemPath(file));
    const content = bytes.subarray(HEAD.length + SHA_BYTES);
    const sha = bytes.subarray(HEAD.length, HEAD.length + SHA_BYTES);
    if (!bytes.subarray(0, HEAD.length).equals(HEAD) || !hash('sha256', content, 'buffer').equals(sha))
      return undefined;
    const saved: Saved = deserialize(content);
    return saved.tables.every(isWhole) ? saved : undefined;
  } catch {
    return undefined;
  }
}

function isWhole([, { stats, shas, settled }, names]: Saved['tables'][number]): boolean {
  const count = settled.length;
  const named = names === '' ? 0 : names.split('/').length;
  return named === count && stats.length === count * FIELDS && shas.length === count * SHA_BYTES;
}
