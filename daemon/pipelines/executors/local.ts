import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, watch } from 'node:fs';
import { programPath } from '../../base/programs.ts';
import type { SupervisedTask } from './files.ts';
import { stepFiles } from './files.ts';
import type { StepExecutor, StepExit, StepProcess, StepTask } from './port.ts';

const LOST: StepExit = { code: null, reason: 'it ended without a trace' };

/** Steps as processes of this machine, each under a supervisor. */
export const localExecutor: StepExecutor = {
  start(task) {
    const files = stepFiles(task.folder, task.step);
    mkdirSync(task.folder, { recursive: true });
    rmSync(files.exit, { force: true });
    const supervised: SupervisedTask = { command: task.command, cwd: task.cwd, ...files };
    const supervisor = spawn(process.execPath, [programPath('step-supervisor'), JSON.stringify(supervised)], {
      detached: true,
      stdio: 'ignore',
      env: { ...task.env, ELECTRON_RUN_AS_NODE: '1' },
      windowsHide: true,
    });
    const { promise, resolve } = Promise.withResolvers<StepExit>();
    supervisor.once('exit', () => resolve(readExit(files.exit) ?? LOST));
    supervisor.once('error', (error) => resolve({ code: null, reason: error.message }));
    return { exit: promise, cancel: () => void supervisor.kill('SIGTERM') };
  },

  adopt(task) {
    const files = stepFiles(task.folder, task.step);
    const exit = readExit(files.exit);
    if (exit) return { exit: Promise.resolve(exit), cancel() {} };
    const pid = readPid(files.pid);
    if (pid === undefined) return undefined;
    return isAlive(pid) ? follow(task, pid) : { exit: Promise.resolve(readExit(files.exit) ?? LOST), cancel() {} };
  },
};

/** We are not the parent of an adopted supervisor: its exit file tells us that it ended. */
function follow(task: StepTask, pid: number): StepProcess {
  const { exit: exitFile } = stepFiles(task.folder, task.step);
  const { promise, resolve } = Promise.withResolvers<StepExit>();
  const look = () => {
    const exit = readExit(exitFile) ?? (isAlive(pid) ? undefined : LOST);
    if (exit) resolve(exit);
  };
  const watcher = watch(task.folder, look);
  look();
  return {
    exit: promise.finally(() => watcher.close()),
    cancel() {
      if (isAlive(pid)) process.kill(pid, 'SIGTERM');
      else look();
    },
  };
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

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
