import type { Clock } from '../base/clock.ts';
import { FilesOfWorkspace } from './files.ts';
import { KeeperLink } from './keeper/link.ts';
import type { Files } from './ports.ts';

export type { Contents } from './patterns/content.ts';
export { contentAt } from './patterns/content.ts';
export { fixedPart, meet, NEVER_DATA } from './patterns/globs.ts';
export type { Files, LookOptions } from './ports.ts';

export interface FilesOptions {
  workspace: string;
  /** `.crisol/cache` */
  folder: string;
  /** the user's own, which restored files shall have */
  umask: number;
  /** restored files share their content with the store, and are read-only: only where that holds writers off */
  hardlinks?: boolean;
  clock: Clock;
}

export function createFiles({ clock, hardlinks = false, ...options }: FilesOptions): Files {
  return new FilesOfWorkspace(new KeeperLink({ ...options, hardlinks }, clock));
}
