/** Asks a daemon for something small again and again, in a thread of its own: it is not to measure what its asker is busy with. */
import { parentPort, workerData } from 'node:worker_threads';

const PAUSE_MS = 5;

const times: number[] = [];
let over = false;
parentPort?.once('message', () => {
  over = true;
});
while (!over) {
  const begin = performance.now();
  await (await fetch(`${workerData.url}/health`)).text();
  times.push(performance.now() - begin);
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
parentPort?.postMessage(times);
