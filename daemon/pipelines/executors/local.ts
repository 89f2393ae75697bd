import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { programPath } from '../../base/programs.ts';
import { followSupervisor } from './adopted.ts';
import type { SupervisedTask } from './files.ts';
import { stepFiles, TASK_VARIABLE } from './files.ts';
import type { StepExecutor, StepExit } from './today.ts';

const LOST: StepExit = { code: null, reason: 'it ended without a trace' };

/** Steps as processes of this machine, each under a supervisor. */
export const localExecutor: StepExecutor = {
  start(task) {
    const files = stepFiles(task.folder, task.step);
    mkdirSync(task.folder, { recursive: true });
    rmSync(files.exit, { force: true });
    const supervised: SupervisedTask = { command: task.command, cwd: task.cwd, umask: task.umask, ...files };
    const supervisor = spawn(process.execPath, [programPath('step-supervisor'), files.exit], {
      detached: true,
      stdio: 'ignore',
      // the command may hold secrets: other users can read arguments, but no environment
      env: { ...task.env, ELECTRON_RUN_AS_NODE: '1', [TASK_VARIABLE]: JSON.stringify(supervised) },
      windowsHide: true,
    });
    // it needs a moment before it can say so itself, and we may die in that moment
    if (supervisor.pid !== undefined) tryToWrite(files.pid, String(supervisor.pid));
    const { promise, resolve } = Promise.withResolvers<StepExit>();
    supervisor.once('exit', () => resolve(readExit(files.exit) ?? LOST));
    supervisor.once('error', (error) => resolve({ code: null, reason: error.message }));
    return { exit: promise, cancel: () => void supervisor.kill('SIGTERM') };
  },

  adopt(task) {
    const files = stepFiles(task.folder, task.step);
    const pid = readPid(files.pid);
    const ended = () => readExit(files.exit);
    if (pid !== undefined) return followSupervisor({ pid, exitFile: files.exit, ended, lost: LOST });
    const exit = ended();
    return exit && { exit: Promise.resolve(exit), cancel() {} };
  },
};

function tryToWrite(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch {
    // the disk is full; the step runs all the same
  }
}

function readExit(file: string): StepExit | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function readPid(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
