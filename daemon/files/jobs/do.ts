import type { Job, Results } from './job.ts';
import { list, look } from './look.ts';
import { place } from './place.ts';
import { read } from './read.ts';

/** What can be done on any thread: all that a job needs is in it. */
export async function doJob(job: Job): Promise<Results[Job['do']]> {
  switch (job.do) {
    case 'list':
      return list(job);
    case 'look':
      return look(job);
    case 'read':
      return read(job);
    case 'place':
      return place(job);
  }
}

/** What is handed over to another thread, not copied. */
export function movable(result: Results[Job['do']]): ArrayBuffer[] {
  if ('stats' in result) return [result.stats.buffer, result.disks.buffer] as ArrayBuffer[];
  return 'shas' in result ? [result.shas.buffer as ArrayBuffer] : [];
}
