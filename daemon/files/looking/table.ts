import { SHA_BYTES } from '../jobs/job.ts';
import { ctimeAt, FIELDS, mtimeAt } from '../jobs/stat.ts';
import type { Raw } from '../raw.ts';
import type { Entry, FolderTotals } from '../tree/entry.ts';
import { KINDS } from '../tree/entry.ts';

/** Names and numbers of a folder, as they were looked at; packed, for a folder may have 70,000 files. */
export interface Found {
  /** in the order of their bytes */
  names: readonly Raw[];
  /** FIELDS a name */
  stats: BigInt64Array;
  /** of the folder itself */
  self: BigInt64Array;
  /** whether the names are those of the folder while its own stat is this */
  selfSettled: boolean;
}

/** What is remembered of a folder. */
export interface Table extends Found {
  /** places in KINDS */
  kinds: Uint8Array;
  /** 1 where the sha256 is that of the file as long as its stat is this */
  settled: Uint8Array;
  /** how many files and links are not settled */
  unsettled: number;
  /** SHA_BYTES a name */
  shas: Uint8Array;
  bytes: Float64Array;
  files: Float64Array;
  partEnds: readonly number[];
  parts: readonly FolderTotals[];
  total: FolderTotals;
  /** milliseconds since 1970 */
  lookedAt: number;
}

/** What was written to so lately may be written to again without that being seen: disks count time in steps, some in seconds. */
const RACY_MS = 2000;

/** Whether a content that was read at this time is that of the file while its stat stays the same. */
export function isSettled(stats: BigInt64Array, place: number, at: number): boolean {
  const mtime = mtimeAt(stats, place);
  // a time of writing can be set by anybody, to the future, too; that of the change of its stat only by the clock
  return ctimeAt(stats, place) + RACY_MS < at && (mtime > at || mtime + RACY_MS < at);
}

/** Takes the trust in whatever was written to since that time. */
export function distrust(table: Table, since: number): void {
  for (let place = 0; place < table.names.length; place++) {
    if (table.settled[place] === 1 && ctimeAt(table.stats, place) >= since) {
      table.settled[place] = 0;
      if (kindAt(table, place) !== 'folder') table.unsettled++;
    }
  }
  if (ctimeAt(table.self, 0) >= since) table.selfSettled = false;
}

export function kindAt({ kinds }: Pick<Table, 'kinds'>, place: number): Entry['kind'] {
  return KINDS[kinds[place] ?? 0] ?? 'file';
}

export function shaAt({ shas }: Pick<Table, 'shas'>, place: number): Uint8Array {
  return shas.subarray(place * SHA_BYTES, (place + 1) * SHA_BYTES);
}

export function hexOf(sha: Uint8Array): string {
  return Buffer.from(sha.buffer, sha.byteOffset, sha.byteLength).toString('hex');
}

export function entryAt(table: Table, place: number): Entry {
  return {
    name: table.names[place] ?? '',
    kind: kindAt(table, place),
    sha256: hexOf(shaAt(table, place)),
    bytes: table.bytes[place] ?? 0,
    files: table.files[place] ?? 0,
  };
}

/** The place of a name; -1 where there is none. */
export function placeOf(names: readonly Raw[], name: Raw): number {
  let from = 0;
  let to = names.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((names[middle] ?? '') < name) from = middle + 1;
    else to = middle;
  }
  return names[from] === name ? from : -1;
}

/** All at once: the numbers of 70,000 files are compared in a millisecond. */
export function areSame(one: BigInt64Array, other: BigInt64Array): boolean {
  return one.length === other.length && bytesOf(one).equals(bytesOf(other));
}

export function statAt(stats: BigInt64Array, place: number): BigInt64Array {
  return stats.slice(place * FIELDS, (place + 1) * FIELDS);
}

function bytesOf({ buffer, byteOffset, byteLength }: BigInt64Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
