import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ArtifactTable } from '../../schemas/wire/artifact-table.ts';
import { CrisolError, errorOfBody } from '../base/errors.ts';
import { programPath } from '../base/programs.ts';

/** Whoever looks at a file does not wait longer. */
const LONGEST_MS = 20_000;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** In a process of its own, which a strange file may break, and which takes what it loaded along when it ends. */
export async function readBeginning(file: string, name: string): Promise<ArtifactTable> {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const args = [programPath('table-beginning'), JSON.stringify({ file, name })];
  const limits = { timeout: LONGEST_MS, killSignal: 'SIGKILL', maxBuffer: MAX_OUTPUT_BYTES } as const;
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { env, ...limits });
    return JSON.parse(stdout);
  } catch (thrown) {
    throw errorIn(thrown, name);
  }
}

/** Exit code 1 is the program's own answer; else it was ended: by the clock, by what it printed, or by the file. */
function errorIn(thrown: unknown, name: string): CrisolError {
  const { code, stdout, killed } = Object(thrown);
  if (code === 1 && typeof stdout === 'string' && stdout.startsWith('{')) return errorOfBody(JSON.parse(stdout));
  return new CrisolError('DATA_UNREADABLE', `${name} ${whyEnded(code, killed)}.`, { cause: thrown });
}

function whyEnded(code: unknown, wasStopped: unknown): string {
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'has rows that are too long to be shown';
  return wasStopped ? `could not be read in ${LONGEST_MS / 1000} seconds` : 'could not be read: it ended the program';
}
