/** Reads and writes files, so that the daemon neither waits for them nor grows with them: a process, and threads that help it. */
import type { MessagePort } from 'node:worker_threads';
import { parentPort } from 'node:worker_threads';
import { doJob, movable } from '../jobs/do.ts';
import type { Job } from '../jobs/job.ts';
import { Stopped } from '../jobs/watch.ts';
import { serve } from './keeper.ts';
import type { HelperAnswer } from './protocol.ts';

if (parentPort) help(parentPort);
else serve(JSON.parse(process.argv[2] ?? ''));

function help(port: MessagePort): void {
  port.on('message', async ({ id, job }: { id: number; job: Job }) => {
    try {
      const result = await doJob(job);
      tell(port, { id, result }, movable(result));
    } catch (failure) {
      tell(port, { id, failure: failure instanceof Stopped ? 'stopped' : (failure as Error) });
    }
  });
  tell(port, 'ready');
}

function tell(port: MessagePort, told: HelperAnswer, moved: ArrayBuffer[] = []): void {
  port.postMessage(told, moved);
}
