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
  supervisors: 'supervisors',
  /** contents of outs, and what is remembered of files */
  cache: 'cache',
  backups: 'backups',
  /** which Python was chosen in VS Code */
  python: 'python.json',
  /** and what it, or the one that was found, said of itself */
  pythonVersion: 'python-version.json',
} as const;

/** In the workspace itself, for git: what each step was last run with. */
export const LOCK_FILE = 'crisol.lock';

/** In the folder of logs: what the newest daemon says and said, one JSON object a line. */
export const DAEMON_LOG = 'daemon.log';
