import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SERVER_FLAGS } from '../schemas/language/protocol.ts';

/**
 * The server stays open as long as its editor: V8 left alone lets what is thrown away at each key pile up to twice of what is
 * needed. Collecting it earlier takes a tenth more processor time, which nobody notices.
 */
export function keepMemorySmall(): void {
  setFlagsFromString('--heap-growing-percent=60');
  // who starts it by hand says nothing of what is young: that stays as it is at the start then
  if (!SERVER_FLAGS.every((flag) => process.execArgv.includes(flag)))
    setFlagsFromString('--semi-space-growth-factor=1');
}

/** Whoever types pauses for seconds: the first keys after a rest take twice as long as others. */
const SILENCE_MS = 60_000;

/** Less is not worth it. */
const WORTH = 32 * 1024 * 1024;

/**
 * What was needed while somebody typed, a third of the memory, goes back to the system when nothing is heard for a while: V8
 * itself keeps it for what may come. Answers what to call at each message.
 */
export function restInSilence(silenceMs = SILENCE_MS): () => void {
  let afterRest = 0;
  const timer = setTimeout(() => {
    if (process.memoryUsage.rss() - afterRest < WORTH) return;
    giveBack();
    afterRest = process.memoryUsage.rss();
  }, silenceMs);
  timer.unref();
  return () => void timer.refresh();
}

/** With nothing kept in reserve, as V8 does when memory is short. */
function giveBack(): void {
  setFlagsFromString('--expose-gc');
  const collect: NodeJS.GCFunction = runInNewContext('gc');
  collect({ type: 'major', flavor: 'last-resort', execution: 'sync' });
}
