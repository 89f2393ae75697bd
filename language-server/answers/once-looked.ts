import type { CancellationToken } from 'vscode-languageserver';
import type { Files } from '../providers/files.ts';

/** A first look at a file on a disk takes less; a share that hangs holds nobody up for longer. */
const LOOK_MS = 150;

/** What was asked: still wanted, and about a text that is still the same. */
export interface Question {
  token: CancellationToken;
  version(): number | undefined;
}

/** Tells once more what was told while the disk was asked, unless nobody waits for that. */
export async function onceLooked<Answer>(
  files: Pick<Files, 'isLooking' | 'settled'>,
  { token, version }: Question,
  tell: () => Answer,
): Promise<Answer> {
  const asked = version();
  const first = tell();
  if (!files.isLooking()) return first;
  await files.settled(LOOK_MS);
  // a place in a text that has changed since is another place
  return token.isCancellationRequested || version() !== asked ? first : tell();
}
