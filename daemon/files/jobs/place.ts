import { createHash, hash } from 'node:crypto';
import { chmodSync, closeSync, fchmodSync, linkSync, openSync, rmSync } from 'node:fs';
import { codeOf, isMissing } from '../missing.ts';
import { objectPath } from '../objects/paths.ts';
import type { Raw } from '../raw.ts';
import { systemPath } from '../raw.ts';
import type { PlaceFailure, PlaceJob, PlaceResult, Placing } from './job.ts';
import type { Looked } from './reading.ts';
import { Changed, lookAt, PIECE, readPieces, readSmall, shaOfFile } from './reading.ts';
import { typeAt } from './stat.ts';
import { checkNotStopped } from './watch.ts';
import { clone, replace, writeAll } from './writing.ts';

/** What the store has is not what it was. */
class Lost extends Error {}

export async function place(job: PlaceJob): Promise<PlaceResult> {
  const result: PlaceResult = new Map();
  for (const [at, item] of job.items.entries()) {
    checkNotStopped(job.watch);
    try {
      await make(job, item);
      if (item.path !== null) replace(item.draft, item.path);
    } catch (failure) {
      rmSync(systemPath(item.draft), { force: true });
      const told = failureOf(failure);
      if (!told) throw failure;
      result.set(at, told);
    }
  }
  return result;
}

/** The content is verified while it is copied: what is damaged never gets the name. */
async function make(job: PlaceJob, item: Placing): Promise<void> {
  const object = objectPath(job.from, item.sha256);
  const looked = lookAtObject(object, job);
  const mode = (item.executable ? 0o777 : 0o666) & ~job.umask;
  if (job.hardlinks && !item.executable && (await link(object, looked, item))) return;
  if (item.bytes <= PIECE) copySmall(readSmall(object, looked), item, mode);
  else if (clone(object, item.draft)) await checkClone(job, item, mode);
  else await copyLarge(object, looked, item, mode);
}

function lookAtObject(object: Raw, job: PlaceJob): Looked {
  try {
    const looked = lookAt(object, job.watch);
    if (['file', 'executable'].includes(typeAt(looked.stats, 0))) return looked;
  } catch (failure) {
    if (!isMissing(failure)) throw failure;
  }
  throw new Lost();
}

/** False where the disk cannot: another one, or one link too many. */
async function link(object: Raw, looked: Looked, item: Placing): Promise<boolean> {
  checkSha(item, await shaOfFile(object, looked));
  try {
    linkSync(systemPath(object), systemPath(item.draft));
    return true;
  } catch {
    return false;
  }
}

function copySmall(content: Buffer, item: Placing, mode: number): void {
  checkSha(item, hash('sha256', content, 'buffer'));
  const file = openSync(systemPath(item.draft), 'wx', mode);
  try {
    writeAll(file, content);
    fchmodSync(file, mode);
  } finally {
    closeSync(file);
  }
}

async function checkClone({ watch }: PlaceJob, item: Placing, mode: number): Promise<void> {
  checkSha(item, await shaOfFile(item.draft, lookAt(item.draft, watch)));
  chmodSync(systemPath(item.draft), mode);
}

async function copyLarge(object: Raw, looked: Looked, item: Placing, mode: number): Promise<void> {
  const file = openSync(systemPath(item.draft), 'wx', mode);
  try {
    const sum = createHash('sha256');
    await readPieces(object, looked, (piece) => {
      sum.update(piece);
      writeAll(file, piece);
    });
    checkSha(item, sum.digest());
    fchmodSync(file, mode);
  } finally {
    closeSync(file);
  }
}

function checkSha({ sha256 }: Placing, found: Uint8Array): void {
  if (Buffer.from(found).toString('hex') !== sha256) throw new Lost();
}

function failureOf(failure: unknown): PlaceFailure | undefined {
  if (failure instanceof Lost || failure instanceof Changed) return { code: 'lost' };
  const error = codeOf(failure);
  if (error === '' || !(failure instanceof Error)) return undefined;
  return { code: 'failed', error, message: failure.message };
}
