import { hash } from 'node:crypto';
import type { Entry, FolderTotals } from './entry.ts';
import { KINDS } from './entry.ts';

/**
 * The list of a folder: what its sha256 is taken from. A folder of very many entries has a list of parts instead, each of which is
 * a list of entries.
 */
const ENTRIES = Buffer.from('crisol folder 1 entries\n');
const PARTS = Buffer.from('crisol folder 1 parts\n');
const NUMBER = 6;
const SHA = 32;

/** Nothing of this sha256 is kept, or it is damaged. */
export class ListMissing extends Error {}

export type List = { entries: Entry[] } | { parts: FolderTotals[] };

export interface Written extends FolderTotals {
  content: Buffer;
}

export function writeEntries(entries: readonly Entry[]): Written {
  const nameBytes = entries.reduce((sum, { name }) => sum + name.length, 0);
  const content = Buffer.allocUnsafe(ENTRIES.length + nameBytes + entries.length * (3 + 2 * NUMBER + SHA));
  let at = ENTRIES.copy(content);
  for (const { name, kind, sha256, bytes, files } of entries) {
    at = content.writeUInt8(KINDS.indexOf(kind), at);
    at = content.writeUInt16LE(name.length, at);
    at += content.write(name, at, 'latin1');
    at = writeTotals(content, at, { sha256, bytes, files });
  }
  return written(content, entries);
}

export function writeParts(parts: readonly FolderTotals[]): Written {
  const content = Buffer.allocUnsafe(PARTS.length + parts.length * (2 * NUMBER + SHA));
  let at = PARTS.copy(content);
  for (const part of parts) at = writeTotals(content, at, part);
  return written(content, parts);
}

/** Undefined for what is no list of ours: it may have been damaged, or come with somebody else's folder. */
export function readList(content: Buffer): List | undefined {
  try {
    if (startsWith(content, ENTRIES)) return { entries: [...entriesIn(content)] };
    if (startsWith(content, PARTS)) return { parts: [...partsIn(content)] };
  } catch {
    // it ends in the middle of an entry
  }
  return undefined;
}

function* entriesIn(content: Buffer): Generator<Entry> {
  for (let at = ENTRIES.length; at < content.length; ) {
    const kind = KINDS[content.readUInt8(at)];
    const nameAt = at + 3;
    const end = nameAt + content.readUInt16LE(at + 1);
    if (kind === undefined) throw new RangeError();
    yield { name: content.toString('latin1', nameAt, end), kind, ...totalsAt(content, end) };
    at = end + 2 * NUMBER + SHA;
  }
}

function* partsIn(content: Buffer): Generator<FolderTotals> {
  for (let at = PARTS.length; at < content.length; at += 2 * NUMBER + SHA) yield totalsAt(content, at);
}

function writeTotals(content: Buffer, start: number, { sha256, bytes, files }: FolderTotals): number {
  let at = content.writeUIntLE(bytes, start, NUMBER);
  at = content.writeUIntLE(files, at, NUMBER);
  return at + content.write(sha256, at, 'hex');
}

function totalsAt(content: Buffer, at: number): FolderTotals {
  const bytes = content.readUIntLE(at, NUMBER);
  const files = content.readUIntLE(at + NUMBER, NUMBER);
  const shaAt = at + 2 * NUMBER;
  if (shaAt + SHA > content.length) throw new RangeError();
  return { bytes, files, sha256: content.toString('hex', shaAt, shaAt + SHA) };
}

function written(content: Buffer, totals: readonly Pick<FolderTotals, 'bytes' | 'files'>[]): Written {
  let bytes = 0;
  let files = 0;
  for (const one of totals) {
    bytes += one.bytes;
    files += one.files;
  }
  return { content, bytes, files, sha256: hash('sha256', content) };
}

function startsWith(content: Buffer, head: Buffer): boolean {
  return content.subarray(0, head.length).equals(head);
}
