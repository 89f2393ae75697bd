import type { BigIntStats } from 'node:fs';

/** What is remembered of a look at a file, each 8 bytes: equal ones mean that nothing was written to it meanwhile. */
export const FIELDS = 5;
const MODE = 0;
const INODE = 1;
const SIZE = 2;
const MTIME = 3;
const CTIME = 4;

const TYPE = 0o170000n;
const FILE = 0o100000n;
const FOLDER = 0o040000n;
const LINK = 0o120000n;
const EXECUTABLE = 0o100n;

export type Type = 'nothing' | 'file' | 'executable' | 'link' | 'folder' | 'special';

export function writeStat(stats: BigInt64Array, place: number, found: BigIntStats): void {
  const at = place * FIELDS;
  stats[at + MODE] = found.mode;
  stats[at + INODE] = found.ino;
  stats[at + SIZE] = found.size;
  stats[at + MTIME] = found.mtimeNs;
  stats[at + CTIME] = found.ctimeNs;
}

export function statOf(found: BigIntStats): BigInt64Array {
  const stat = new BigInt64Array(FIELDS);
  writeStat(stat, 0, found);
  return stat;
}

/** All zeros where nothing was found. */
export function typeAt(stats: BigInt64Array, place: number): Type {
  const mode = stats[place * FIELDS + MODE] ?? 0n;
  switch (mode & TYPE) {
    case FILE:
      return process.platform !== 'win32' && (mode & EXECUTABLE) !== 0n ? 'executable' : 'file';
    case FOLDER:
      return 'folder';
    case LINK:
      return 'link';
    default:
      return mode === 0n ? 'nothing' : 'special';
  }
}

export function sizeAt(stats: BigInt64Array, place: number): number {
  return Number(stats[place * FIELDS + SIZE] ?? 0n);
}

/** In milliseconds since 1970. */
export function mtimeAt(stats: BigInt64Array, place: number): number {
  return Number(stats[place * FIELDS + MTIME] ?? 0n) / 1e6;
}

export function ctimeAt(stats: BigInt64Array, place: number): number {
  return Number(stats[place * FIELDS + CTIME] ?? 0n) / 1e6;
}

export function isSameStat(stats: BigInt64Array, place: number, others: BigInt64Array, other: number): boolean {
  for (let field = 0; field < FIELDS; field++) {
    if (stats[place * FIELDS + field] !== others[other * FIELDS + field]) return false;
  }
  return true;
}
