import type { Static } from 'typebox';
import { Type } from 'typebox';

/** `.crisol/daemon.json` (0600, its folder 0700): how to reach the running daemon. Never trusted: the daemon is asked. */
export const DaemonInfo = Type.Object({
  // the token must never be sent to another machine, whatever the file says: an address as we write it, and nothing else
  url: Type.String({ pattern: '^http://127\\.0\\.0\\.1:\\d{1,5}$' }),
  // `eval "$(crisol env)"` gives it to a shell: nothing that a shell would read
  token: Type.String({ pattern: '^[A-Za-z0-9_-]+$' }),
  pid: Type.Integer(),
  epoch: Type.String(),
  workspace: Type.String(),
  version: Type.String(),
});
export type DaemonInfo = Static<typeof DaemonInfo>;

/** Names a folder in which whoever starts a daemon leaves a note, so that `npm start` can end all that began below it. */
export const STARTED_VARIABLE = 'CRISOL_STARTED';
