/** Reads and writes files so that the daemon's event loop never waits for them: the keeper, who knows, and its helpers. */
import type { MessagePort } from 'node:worker_threads';
import { parentPort, workerData } from 'node:worker_threads';
import { doJob, movable } from '../jobs/do.ts';
import type { Job } from '../jobs/job.ts';
import { Stopped } from '../jobs/watch.ts';
import { serve } from './keeper.ts';
import type { HelperAnswer, Role } from './protocol.ts';

const role = workerData as Role;
if (parentPort && role.role === 'keeper') serve(parentPort, role);
else if (parentPort) help(parentPort);

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
