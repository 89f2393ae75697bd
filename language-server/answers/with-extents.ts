import type { ExtentOf } from '../features/hover/data.ts';
import { extentOf } from '../providers/data/extent.ts';
import type { Extent } from '../providers/files.ts';
import type { Question } from './once-looked.ts';

/** Rows are counted for less; a share that hangs holds nobody up for longer. */
const MEASURE_MS = 150;

/** Tells once more with how much is in the tables that were spoken of, unless nobody waits for that. */
export async function withExtents<Answer>(
  { token, version }: Question,
  tell: (extentOf: ExtentOf) => Promise<Answer>,
): Promise<Answer> {
  const asked = version();
  const spokenOf = new Map<string, { folder: string; path: string }>();
  const first = await tell((folder, path) => {
    spokenOf.set(`${folder}\n${path}`, { folder, path });
    return null;
  });
  if (spokenOf.size === 0 || token.isCancellationRequested) return first;
  const known = new Map<string, Extent | null>();
  await whileWanted(token, (signal) =>
    Promise.all(
      [...spokenOf].map(async ([key, { folder, path }]) => {
        known.set(key, await extentOf(folder, path, signal).catch(() => null));
      }),
    ),
  );
  // a place in a text that has changed since is another place
  if (token.isCancellationRequested || version() !== asked) return first;
  return tell((folder, path) => known.get(`${folder}\n${path}`) ?? null);
}

/** Ends with the work, when it is called off, or when it took too long. */
function whileWanted(token: Question['token'], work: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  const calledOff = new AbortController();
  return new Promise((resolve) => {
    const timer = setTimeout(end, MEASURE_MS);
    const listening = token.onCancellationRequested(end);
    void work(calledOff.signal).finally(end);
    function end(): void {
      clearTimeout(timer);
      listening.dispose();
      calledOff.abort();
      resolve();
    }
  });
}
