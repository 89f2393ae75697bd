import { createHmac } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { userKey } from './user-key.ts';

/** Proof that this user's daemon wrote these words, in this folder. */
export type Seal = (...words: string[]) => string;

/**
 * A store may have come with a repository, an archive, or `git pull`: whoever made it chose each byte of it. What the daemon
 * is to do by itself because the store says so must bear this seal, whose key is not in the folder. It is in the words, not
 * in a mark on the folder: a mark would still be there after one file was replaced. It does not fit when the folder has
 * another path, so that what was under way in one is not begun once more in its copy.
 */
export function sealFor(folder: string, key: Buffer = userKey()): Seal {
  const place = realpathSync.native(folder);
  return (...words) =>
    createHmac('sha256', key)
      .update(JSON.stringify([place, ...words]))
      .digest('base64url');
}
