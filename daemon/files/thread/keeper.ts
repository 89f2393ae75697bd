import type { MessagePort } from 'node:worker_threads';
import { asCrisolError } from '../../base/errors.ts';
import { asFileError } from '../../base/file-errors.ts';
import { Stopped } from '../jobs/watch.ts';
import { handlers } from './handlers.ts';
import { Memory } from './memory.ts';
import type { Parts } from './parts.ts';
import { partsOf } from './parts.ts';
import { Progress } from './progress.ts';
import type { Answer, Call, CallFailure, KeeperOptions, Request } from './protocol.ts';

/** The thread that knows: it answers all calls of the daemon, as many at once as come. */
export function serve(port: MessagePort, options: KeeperOptions): void {
  const memory = new Memory(options);
  let parts: Parts | undefined;
  port.on('message', async (request: Request) => {
    const progress = new Progress(request.watch, (done, of) => tell(port, { id: request.id, done, of }));
    try {
      memory.tellTime(request.now);
      parts ??= partsOf(memory, options);
      const value = await answer(parts, request, progress);
      tell(port, { id: request.id, value });
    } catch (failure) {
      tell(port, { id: request.id, failure: wordsOf(failure, options.folder) });
    } finally {
      progress.dispose();
      memory.saveSoon();
    }
  });
}

function answer<C extends Call>(parts: Parts, { call, asked, watch, now }: Request<C>, progress: Progress) {
  return handlers[call](parts, asked, { watch, clock: now, toRead: (bytes) => progress.expect(bytes) });
}

function tell(port: MessagePort, told: Answer): void {
  port.postMessage(told);
}

function wordsOf(failure: unknown, folder: string): CallFailure {
  if (failure instanceof Stopped) return { code: 'stopped', message: failure.message };
  const { code, message, hint } = asCrisolError(asFileError(failure, folder));
  return { code, message, hint };
}
