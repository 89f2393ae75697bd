import type { ChildProcess } from 'node:child_process';
import type { Clock } from '../base/clock.ts';
import { FilesOfWorkspace } from './files.ts';
import { KeeperLink } from './keeper/link.ts';
import { sendTo, startKeeper } from './keeper/start.ts';
import type { Files } from './ports.ts';

export type { Contents } from './patterns/content.ts';
export { contentAt } from './patterns/content.ts';
export { fixedPart, meet, NEVER_DATA } from './patterns/globs.ts';
export type { Files, LookOptions } from './ports.ts';

export interface FilesPlace {
  workspace: string;
  /** `.crisol/cache` */
  folder: string;
  /** the user's own, which restored files shall have */
  umask: number;
}

export interface FilesOptions extends FilesPlace {
  /** restored files share their content with the store, and are read-only: only where that holds writers off */
  hardlinks?: boolean;
  clock: Clock;
  /** what `lookAhead` has begun */
  ahead?: ChildProcess | undefined;
}

export function createFiles({ clock, ahead, hardlinks = false, ...place }: FilesOptions): Files {
  return new FilesOfWorkspace(new KeeperLink({ ...place, hardlinks }, clock, ahead));
}

/**
 * Begins to look at what the runs before have asked: a daemon that is started for a run has half a second for that until it
 * is asked. It counts only for whoever began before it: `trustAhead`.
 */
export function lookAhead(place: FilesPlace, clock: Clock): ChildProcess {
  const keeper = startKeeper({ ...place, hardlinks: false });
  sendTo(keeper, { lookAhead: clock.now() });
  return keeper;
}
