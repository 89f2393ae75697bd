import type { ReadJob, ReadResult } from '../jobs/job.ts';
import { SHA_BYTES } from '../jobs/job.ts';
import { FIELDS, sizeAt } from '../jobs/stat.ts';
import type { Watch } from '../jobs/watch.ts';
import type { Crew } from '../keeper/crew.ts';
import type { Raw } from '../raw.ts';
import type { Contents } from './contents.ts';
import { failureAt } from './failures.ts';
import type { Known } from './known.ts';
import { pathIn } from './known.ts';
import { isSettled, statAt } from './table.ts';
import { absolute } from './walk.ts';

export interface ReaderParts {
  crew: Crew;
  known: Known;
  top: Raw;
  now: () => number;
  watch: Watch;
  /** the object store that contents are put into, too */
  into?: Raw;
}

/** So much is read by one job, and a file of so much is one by itself. */
const BYTES_A_JOB = 8 << 20;
const FILES_A_JOB = 256;

interface Piece {
  of: Contents;
  places: number[];
}

/** Which of a folder's files are to be read. */
export type PlacesOf = (contents: Contents) => readonly number[];

/** Reads files. What was read before something went wrong is remembered: it need not be read again. */
export async function readContents(parts: ReaderParts, all: readonly Contents[], places: PlacesOf): Promise<void> {
  const at = parts.now();
  const failures: unknown[] = [];
  const jobs = [...piecesOf(all, places)].map(async (pieces) => {
    const job = jobOf(parts, pieces);
    const isLong = pieces.some(({ of, places }) =>
      places.some((place) => sizeAt(of.folder.stats, place) > BYTES_A_JOB),
    );
    const result = await (isLong ? parts.crew.doLong(job) : parts.crew.do(job));
    failures.push(...take(pieces, result, at));
  });
  const settled = await Promise.allSettled(jobs);
  for (const one of settled) if (one.status === 'rejected') failures.push(one.reason);
  if (failures.length === 0) return;
  remember(parts.known, all, at);
  throw failures[0];
}

function* piecesOf(all: readonly Contents[], placesOf: PlacesOf): Generator<Piece[]> {
  let job: Piece[] = [];
  let [bytes, files] = [0, 0];
  for (const of of all) {
    let piece: Piece = { of, places: [] };
    for (const place of placesOf(of)) {
      if (piece.places.length === 0) job.push(piece);
      piece.places.push(place);
      bytes += sizeAt(of.folder.stats, place);
      if (++files < FILES_A_JOB && bytes < BYTES_A_JOB) continue;
      yield job;
      piece = { of, places: [] };
      job = [];
      [bytes, files] = [0, 0];
    }
  }
  if (job.length > 0) yield job;
}

function jobOf({ top, watch, into }: ReaderParts, pieces: readonly Piece[]): ReadJob {
  const count = pieces.reduce((sum, { places }) => sum + places.length, 0);
  const stats = new BigInt64Array(count * FIELDS);
  const known = into === undefined ? undefined : new Uint8Array(count * SHA_BYTES);
  let at = 0;
  for (const { of, places } of pieces) {
    for (const place of places) {
      stats.set(of.folder.stats.subarray(place * FIELDS, (place + 1) * FIELDS), at * FIELDS);
      known?.set(of.shas.subarray(place * SHA_BYTES, (place + 1) * SHA_BYTES), at * SHA_BYTES);
      at++;
    }
  }
  const among = pieces.map(({ of: { folder }, places }) => ({
    folder: absolute(top, folder.path),
    names: places.map((place) => folder.names[place]).join('/'),
  }));
  return { do: 'read', among, stats, watch, into, known };
}

function take(pieces: readonly Piece[], result: ReadResult, at: number): unknown[] {
  const failures: unknown[] = [];
  let read = 0;
  for (const { of, places } of pieces) {
    for (const place of places) {
      const failure = result.failures.get(read);
      if (failure) failures.push(failureAt(pathIn(of.folder.path, of.folder.names[place] ?? ''), failure));
      else takeOne(of, place, result.shas.subarray(read * SHA_BYTES, (read + 1) * SHA_BYTES), at);
      read++;
    }
  }
  return failures;
}

function takeOne({ folder, shas, settled }: Contents, place: number, sha: Uint8Array, at: number): void {
  shas.set(sha, place * SHA_BYTES);
  settled[place] = isSettled(folder.stats, place, at) ? 1 : 0;
}

function remember(known: Known, all: readonly Contents[], at: number): void {
  for (const { folder, shas, settled, unread } of all) {
    for (const place of unread) {
      if (settled[place] !== 1) continue;
      known.setSingle(pathIn(folder.path, folder.names[place] ?? ''), {
        stat: statAt(folder.stats, place),
        sha: shas.slice(place * SHA_BYTES, (place + 1) * SHA_BYTES),
        settled: true,
        lookedAt: at,
      });
    }
  }
}
