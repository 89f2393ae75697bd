import type { Static } from 'typebox';
import { Type } from 'typebox';

/** What lies in `<workspace>/.crisol`. The daemon writes it; the extension and the command line read `daemon.json`. */
export const STATE_FOLDER = '.crisol';
export const STATE_FILES = {
  /** says whose folder this is: refused when it is not ours or newer than the program */
  marker: 'crisol.json',
  info: 'daemon.json',
  /** port and token, kept so that scripts and terminals find the next daemon where the last one was */
  address: 'address.json',
  store: 'store.db',
  predictions: 'predictions.db',
  lock: 'daemon.lock',
  logs: 'logs',
  models: 'models',
  artifacts: 'artifacts',
  runs: 'runs',
  backups: 'backups',
} as const;

/** In the folder of logs: what the newest daemon says and said, one JSON object a line. */
export const DAEMON_LOG = 'daemon.log';

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
