import { createHash, hash } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, openSync, readlinkSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { Raw } from '../raw.ts';
import { systemPath } from '../raw.ts';
import { isSameStat, sizeAt, statOf } from './stat.ts';
import type { Watch } from './watch.ts';
import { addBytes, checkNotStopped } from './watch.ts';

/** A file up to this size is read at once; in between pieces of a larger one, others' work is done. */
export const PIECE = 1 << 20;
/** Windows has neither flag. A pipe that took the place of a file must not hold us up. */
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

let small: Buffer | undefined;

/** What was looked at is not there any more, or is another. */
export class Changed extends Error {}

/** How it was looked at: a place in `stats`. */
export interface Looked {
  stats: BigInt64Array;
  place: number;
  watch: Watch;
}

export function lookAt(path: Raw, watch: Watch): Looked {
  return { stats: statOf(lstatSync(systemPath(path), { bigint: true })), place: 0, watch };
}

/** Takes the pieces of a file, while they are as they were looked at. */
export async function readPieces(path: Raw, looked: Looked, take: (piece: Buffer) => void): Promise<void> {
  const file = open(path);
  try {
    const buffer = Buffer.allocUnsafeSlow(PIECE);
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
      take(buffer.subarray(0, read));
      addBytes(looked.watch, read);
      checkNotStopped(looked.watch);
      await setImmediate();
    }
    checkSame(file, looked);
  } finally {
    closeSync(file);
  }
}

/** The content of a file of at most a piece; the buffer is the next one's, too. */
export function readSmall(path: Raw, looked: Looked): Buffer {
  small ??= Buffer.allocUnsafeSlow(PIECE);
  const size = Math.min(sizeAt(looked.stats, looked.place), PIECE);
  const file = open(path);
  try {
    let length = 0;
    for (let read = -1; read !== 0 && length < size; length += read) {
      read = readSync(file, small, length, size - length, null);
    }
    checkSame(file, looked);
    addBytes(looked.watch, length);
    return small.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

export function readLinkText(path: Raw, { stats, place, watch }: Looked): Buffer {
  const text = readlinkSync(systemPath(path), 'buffer');
  if (!isSameStat(lookAt(path, watch).stats, 0, stats, place)) throw new Changed();
  return text;
}

export async function shaOfFile(path: Raw, looked: Looked): Promise<Uint8Array> {
  if (sizeAt(looked.stats, looked.place) <= PIECE) return hash('sha256', readSmall(path, looked), 'buffer');
  const sum = createHash('sha256');
  await readPieces(path, looked, (piece) => sum.update(piece));
  return sum.digest();
}

function open(path: Raw): number {
  return openSync(systemPath(path), READ);
}

function checkSame(file: number, { stats, place }: Looked): void {
  if (!isSameStat(statOf(fstatSync(file, { bigint: true })), 0, stats, place)) throw new Changed();
}
