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
    throw errorIn(Object(thrown).stdout, name, thrown);
  }
}

function errorIn(stdout: unknown, name: string, cause: unknown): CrisolError {
  if (typeof stdout === 'string' && stdout.startsWith('{')) return errorOfBody(JSON.parse(stdout));
  return new CrisolError('DATA_UNREADABLE', `${name} could not be read in ${LONGEST_MS / 1000} seconds.`, { cause });
}
