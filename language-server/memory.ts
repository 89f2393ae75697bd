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

/** Less is not worth it. */
const WORTH = 32 * 1024 * 1024;

/**
 * What was needed while somebody typed, a third of the memory, goes back to the system when nothing is heard for a while: V8
 * itself keeps it for what may come. Answers what to call then.
 */
export function rest(collect = giveBack): () => void {
  // who has opened nothing yet has nothing to give back
  let least = process.memoryUsage.rss();
  return () => {
    if (process.memoryUsage.rss() - least < WORTH) return;
    collect();
    least = process.memoryUsage.rss();
  };
}

/** With nothing kept in reserve, as V8 does when memory is short. */
function giveBack(): void {
  try {
    setFlagsFromString('--expose-gc');
    const collect: NodeJS.GCFunction = runInNewContext('gc');
    collect({ type: 'major', flavor: 'last-resort', execution: 'sync' });
  } catch {
    // an editor's own Node may give no hand in this: it is none to end a server for
  }
}
