/**
 * Runs one step and outlives the daemon: the step's output and exit code go to files, which the daemon reads now or after
 * its restart. SIGTERM to this process ends the step with all it started.
 */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { messageOf } from '../../base/errors.ts';
import type { SupervisedTask } from './files.ts';
import { TASK_VARIABLE } from './files.ts';
import type { StepExit } from './today.ts';

const GRACE_MS = 5_000;
const TRY_AGAIN_MS = 1_000;

const task: SupervisedTask = JSON.parse(process.env[TASK_VARIABLE] ?? '');
delete process.env[TASK_VARIABLE];
let child: ChildProcess | undefined;
let ended = false;

// before the step starts: nobody else would end it
process.on('SIGTERM', () => {
  signalGroup('SIGTERM');
  setTimeout(() => signalGroup('SIGKILL'), GRACE_MS).unref();
});
// the daemon's terminal is not ours
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});

try {
  writeFileSync(task.pid, String(process.pid));
  const output = openSync(task.log, 'a');
  child = withUmask(task.umask, () => launch(task, output));
  child.once('error', (error) => finish({ code: null, reason: `it could not be started: ${error.message}` }));
  child.once('exit', (code, signal) => finish(signal ? { code, reason: `it was ended by ${signal}` } : { code }));
} catch (failure) {
  finish({ code: null, reason: `it could not be started: ${messageOf(failure)}` });
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

function launch({ command, cwd }: SupervisedTask, output: number): ChildProcess {
  const options = { cwd, detached: true, stdio: ['ignore', output, output] as ['ignore', number, number] };
  if ('program' in command) return spawn(command.program, command.args, options);
  // both are for our own programs: VS Code's executable runs as Node, from what was compiled before
  delete process.env.ELECTRON_RUN_AS_NODE;
  delete process.env.NODE_COMPILE_CACHE;
  if (process.platform === 'win32') return spawn(command.script, { ...options, shell: true });
  // -e: the first line that fails ends the script
  return spawn('/bin/sh', ['-e', '-c', command.script], options);
}

function signalGroup(signal: NodeJS.Signals): void {
  if (child?.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // the group has ended
  }
}

function finish(exit: StepExit): void {
  if (ended) return;
  ended = true;
  // what the step left running in its group must not outlive it
  signalGroup('SIGKILL');
  keep(exit);
}

/** The only trace of how it ended: on a full disk, it waits until there is room. */
function keep(exit: StepExit): void {
  try {
    writeFileSync(`${task.exit}.draft`, JSON.stringify(exit));
    renameSync(`${task.exit}.draft`, task.exit);
    process.exit();
  } catch {
    if (existsSync(dirname(task.exit))) setTimeout(() => keep(exit), TRY_AGAIN_MS);
    else process.exit();
  }
}
