import type { ErrorBody } from '../wire/common.ts';

/** Counts up when a panel's messages or its kept state change their meaning: state of another version is not restored. */
export const PANELS_VERSION = 1;

/**
 * `away`: the daemon is being looked for; `stopped`: it has to be started; `absent`: the folder cannot have one. Whichever,
 * what a panel shows stays, greyed.
 */
export type Connection = 'connected' | 'away' | 'stopped' | 'absent';

/** What each panel can be told, beside its own messages. */
export type AnyToPanel =
  | { type: 'connection'; connection: Connection }
  | { type: 'problem'; problem: ErrorBody | null };

/** What each panel can say. `ready`: it stands and wants everything; it says so again whenever it was hidden. */
export type AnyFromPanel =
  | { type: 'ready'; version: number }
  | { type: 'start-daemon' }
  | { type: 'copy'; text: string; what: string };

/** What `setState` keeps over a reload of the window: which things the panel shows, and how. */
export interface KeptState<Subject, Look> {
  version: number;
  subject: Subject;
  look: Partial<Look>;
}
