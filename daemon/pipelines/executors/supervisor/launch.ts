import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { messageOf } from '../../../base/errors.ts';
import type { StepProcess } from '../local/protocol.ts';

const SCRIPT_VARIABLE = 'CRISOL_SCRIPT';

/**
 * A script may hold secrets, and other users can read arguments: the shell finds it in its environment, and takes it out
 * before the first word of it is read.
 */
const READ_SCRIPT = `eval "unset ${SCRIPT_VARIABLE}; $${SCRIPT_VARIABLE}"`;

/** Starts the step as the first of a session of its own; what it prints goes straight into the file. */
export function launch(
  { command, cwd, env, umask }: StepProcess,
  output: number,
  marks: NodeJS.ProcessEnv,
): ChildProcess {
  const stdio: ['ignore', number, number] = ['ignore', output, output];
  const options = { cwd, detached: true, windowsHide: true, stdio };
  return withUmask(umask, () => {
    if ('program' in command) {
      const { program, args } = command;
      return spawn(program, args, { ...options, env: { ...env, ...asNode(program), ...marks } });
    }
    // both are for our own programs
    const { ELECTRON_RUN_AS_NODE, NODE_COMPILE_CACHE, ...own } = env;
    if (process.platform === 'win32')
      return spawn(command.script, { ...options, env: { ...own, ...marks }, shell: true });
    // -e: the first line that fails ends the script
    return spawn('/bin/sh', ['-e', '-c', READ_SCRIPT], {
      ...options,
      env: { ...own, ...marks, [SCRIPT_VARIABLE]: command.script },
    });
  });
}

/** VS Code's executable, which is ours, runs as Node only when it is told to. */
function asNode(program: string): NodeJS.ProcessEnv {
  return program === process.execPath ? { ELECTRON_RUN_AS_NODE: '1' } : {};
}

/** What the step makes has the modes that its user is used to; what we write is for this user alone. */
function withUmask<T>(umask: number, action: () => T): T {
  const ours = process.umask(umask);
  try {
    return action();
  } finally {
    process.umask(ours);
  }
}

/** Of a folder that is missing, the system says that there is no such program. */
export function reasonNotStarted({ cwd }: StepProcess, failure: unknown): string {
  const why = existsSync(cwd) ? messageOf(failure) : `there is no folder ${cwd}`;
  return `it could not be started: ${why}`;
}
