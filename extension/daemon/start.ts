import { execFile } from 'node:child_process';
import { askDaemon, parseInfo } from './find.ts';
import type { DaemonAddress } from './link.ts';
import { RequestError } from './link.ts';

const START_WITHIN_MS = 30_000;

export interface StartOptions {
  folder: string;
  /** the bundled command line, which starts the daemon so that it outlives this window */
  cli: string;
  idleMinutes: number;
  /** so much is kept of what steps printed */
  logMegabytes: number;
}

/** `crisol up`: the same way as in a terminal, so that two who start at the same moment get one daemon. */
export async function startDaemon({ folder, cli, idleMinutes, logMegabytes }: StartOptions): Promise<DaemonAddress> {
  const limits = ['--idle-minutes', String(idleMinutes), '--log-megabytes', String(logMegabytes)];
  const args = [cli, 'up', '--json', '--workspace', folder, ...limits];
  const { code, stdout, stderr } = await runNode(args, folder);
  const info = parseInfo(stdout);
  const address = info && (await askDaemon(folder, info));
  if (address) return address;
  throw readFailure(stderr) ?? startFailed(code, stderr);
}

function runNode(args: string[], cwd: string): Promise<{ code: number | string; stdout: string; stderr: string }> {
  // inside desktop VS Code process.execPath is Electron, which becomes Node when told so
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, env, timeout: START_WITHIN_MS }, (failure, stdout, stderr) =>
      resolve({ code: failure?.code ?? failure?.signal ?? 0, stdout, stderr: stderr || (failure?.message ?? '') }),
    );
  });
}

/** The command line says `CODE: what is wrong` and, on the next line, what to do. */
function readFailure(stderr: string): RequestError | undefined {
  const match = /^([A-Z]+_[A-Z_]+): (.*)(?:\r?\n[ \t]*(.*))?/m.exec(stderr);
  return match ? new RequestError(match[1] ?? '', match[2] ?? '', match[3]) : undefined;
}

function startFailed(code: number | string, stderr: string): RequestError {
  const lastLine = stderr.trim().split('\n').at(-1) ?? '';
  const message = `The Crisol daemon could not be started (${code}). ${lastLine}`.trim();
  return new RequestError('DAEMON_START_FAILED', message, 'The log says more.');
}
