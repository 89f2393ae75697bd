import type { MessagePort } from 'node:worker_threads';
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../base/errors.ts';
import { ModelSession } from './session.ts';
import type { Feeds, FromWorker, ToWorker } from './thread-protocol.ts';

/** The program of the inference thread: one model, one inference at a time, in the order in which they were asked. */
async function serve(port: MessagePort, folder: string): Promise<void> {
  const say = (message: FromWorker): void => port.postMessage(message);
  const answer = async (model: ModelSession, id: number, feeds: Feeds): Promise<void> => {
    try {
      say({ type: 'answer', id, outputs: await model.run(feeds) });
    } catch (thrown) {
      say({ type: 'refused', id, reason: messageOf(thrown) });
    }
  };
  try {
    const model = await ModelSession.open(folder);
    let last = Promise.resolve();
    port.on('message', (message: ToWorker) => {
      if (message.type === 'run') last = last.then(() => answer(model, message.id, message.feeds));
      else if (message.type === 'die') process.exit(1);
      else last.then(() => model.release()).finally(() => port.close());
    });
    say({ type: 'ready', signature: model.signature });
  } catch (thrown) {
    say({ type: 'failed', reason: messageOf(thrown) });
    port.close();
  }
}

if (parentPort) void serve(parentPort, String(workerData));
