import { lstatSync, readdirSync } from 'node:fs';
import { codeOf, isMissing } from '../missing.ts';
import type { Raw } from '../raw.ts';
import { systemPath } from '../raw.ts';
import type { Denied, ListJob, ListResult, LookJob, LookResult } from './job.ts';
import { namesIn } from './job.ts';
import { FIELDS, writeStat } from './stat.ts';
import { checkNotStopped } from './watch.ts';

export function list({ folders, watch }: ListJob): ListResult {
  return folders.map((folder) => {
    checkNotStopped(watch);
    return namesInFolder(folder);
  });
}

/** In the order of their bytes. */
function namesInFolder(folder: Raw): string[] | null | Denied {
  try {
    const names = readdirSync(systemPath(folder), 'latin1');
    return isSorted(names) ? names : names.sort((a, b) => (a < b ? -1 : 1));
  } catch (failure) {
    return isMissing(failure) ? null : denied(folder, failure);
  }
}

export function look({ among, watch }: LookJob): LookResult {
  const groups = among.map((one) => [one.folder, namesIn(one)] as const);
  const count = groups.reduce((sum, [, names]) => sum + names.length, 0);
  const stats = new BigInt64Array(count * FIELDS);
  const disks = new Float64Array(count);
  let place = 0;
  for (const [folder, names] of groups) {
    checkNotStopped(watch);
    try {
      for (const name of names) {
        const found = lstatSync(systemPath(`${folder}/${name}`), { bigint: true, throwIfNoEntry: false });
        if (found) {
          writeStat(stats, place, found);
          if (found.isDirectory()) disks[place] = Number(found.dev);
        }
        place++;
      }
    } catch (failure) {
      return { stats, disks, denied: denied(folder, failure) };
    }
  }
  return { stats, disks };
}

function denied(folder: Raw, failure: unknown): Denied {
  const error = codeOf(failure);
  if (error === '' || !(failure instanceof Error)) throw failure;
  return { folder, error, message: failure.message };
}

function isSorted(names: readonly string[]): boolean {
  for (let at = 1; at < names.length; at++) if ((names[at - 1] ?? '') > (names[at] ?? '')) return false;
  return true;
}
