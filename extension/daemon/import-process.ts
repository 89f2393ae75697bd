import { fork } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { ImportProgress, ImportResult, ImportTally } from '../../schemas/wire/import.ts';
import { RequestError } from './link.ts';

export interface ImportOptions {
  /** the bundled command line */
  cli: string;
  /** whose daemon takes it in */
  folder: string;
  /** the store of MLflow: a folder or a SQLite file */
  source: string;
  onProgress: (tally: ImportTally) => void;
}

export interface RunningImport {
  readonly result: Promise<ImportResult>;
  /** what was begun comes to its end; `result` says how far it came */
  cancel(): void;
}

/** `crisol import`, in a process of its own: neither this window nor the daemon reads thousands of files. */
export function startImport({ cli, folder, source, onProgress }: ImportOptions): RunningImport {
  const child = fork(cli, ['import', 'mlruns', source, '--json', '--workspace', folder], {
    cwd: folder,
    // inside desktop VS Code process.execPath is Electron, which becomes Node when told so
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.on('message', (message: ImportProgress) => onProgress(message.tally));
  const ended = new Promise<void>((resolve, reject) => {
    // not `close`: it never comes once we disconnected
    child.once('exit', () => resolve());
    child.once('error', reject);
  });
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => (stream ? text(stream) : Promise.resolve('')));
  const result = ended.then(async () => readResult((await stdout) ?? '', (await stderr) ?? ''));
  return {
    result,
    cancel: () => {
      if (child.connected) child.disconnect();
    },
  };
}

/** One document: what came, or what was wrong. */
function readResult(stdout: string, stderr: string): ImportResult {
  const answer = parsed(stdout);
  const { runs_total, error_code, message, hint } = Object(answer);
  if (typeof runs_total === 'number') return answer as ImportResult;
  if (typeof error_code === 'string') throw new RequestError(error_code, String(message), String(hint));
  throw new RequestError('INTERNAL_ERROR', stderr.trim().split('\n').at(-1) || 'The import ended without a word.');
}

function parsed(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}
