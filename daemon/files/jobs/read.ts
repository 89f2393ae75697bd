import { hash } from 'node:crypto';
import { codeOf, isMissing } from '../missing.ts';
import type { Raw } from '../raw.ts';
import type { ReadFailure, ReadJob, ReadResult } from './job.ts';
import { namesIn, SHA_BYTES } from './job.ts';
import type { Looked } from './reading.ts';
import { Changed, readLinkText, shaOfFile } from './reading.ts';
import { typeAt } from './stat.ts';
import { keepFile, StoreFailure } from './store.ts';
import { checkNotStopped } from './watch.ts';

export async function read(job: ReadJob): Promise<ReadResult> {
  const groups = job.among.map((one) => [one.folder, namesIn(one)] as const);
  const count = groups.reduce((sum, [, names]) => sum + names.length, 0);
  const result: ReadResult = { shas: new Uint8Array(count * SHA_BYTES), failures: new Map() };
  let place = 0;
  for (const [folder, names] of groups) {
    for (const name of names) {
      checkNotStopped(job.watch);
      await readOne(job, `${folder}/${name}`, place++, result);
    }
  }
  return result;
}

async function readOne(job: ReadJob, path: Raw, place: number, result: ReadResult): Promise<void> {
  try {
    const sha = await shaOf(job, path, place);
    result.shas.set(sha, place * SHA_BYTES);
  } catch (failure) {
    const told = failureOf(failure);
    if (!told) throw failure;
    result.failures.set(place, told);
  }
}

async function shaOf(job: ReadJob, path: Raw, place: number): Promise<Uint8Array> {
  const looked: Looked = { stats: job.stats, place, watch: job.watch };
  if (job.into !== undefined) {
    const known = job.known?.subarray(place * SHA_BYTES, (place + 1) * SHA_BYTES);
    return keepFile(job.into, path, looked, known?.some((byte) => byte !== 0) ? known : undefined);
  }
  if (typeAt(job.stats, place) === 'link') return hash('sha256', readLinkText(path, looked), 'buffer');
  return shaOfFile(path, looked);
}

/** Undefined for what has nothing to do with the file itself. */
function failureOf(failure: unknown): ReadFailure | undefined {
  // a link cannot be opened, and what is no link has no text: another thing took the place of what was looked at
  if (failure instanceof Changed || isMissing(failure) || ['ELOOP', 'EINVAL'].includes(codeOf(failure))) {
    return { code: 'changed' };
  }
  if (failure instanceof StoreFailure) {
    return { code: 'store', error: codeOf(failure.cause), message: failure.message };
  }
  const error = codeOf(failure);
  if (error === '' || !(failure instanceof Error)) return undefined;
  return { code: 'unreadable', error, message: failure.message };
}
