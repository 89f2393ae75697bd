import { execFileSync } from 'node:child_process';
import type { FSWatcher } from 'node:fs';
import { readFileSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { StepExit, StepProcess } from './today.ts';

/** Nobody tells when a process ends that is not our child; one that was killed leaves no file either. */
const LOOK_EVERY_MS = 2_000;

interface Adopted {
  pid: number;
  /** what its supervisor writes last; it also tells this process from one that got its number later */
  exitFile: string;
  ended(): StepExit | undefined;
  lost: StepExit;
}

/** A supervisor that was started before our time: its exit file tells us that it ended. */
export function followSupervisor({ pid, exitFile, ended, lost }: Adopted): StepProcess {
  const { promise, resolve } = Promise.withResolvers<StepExit>();
  const look = () => {
    // alive first: it may end, and write, between the two
    const alive = isSupervisor(pid, exitFile);
    const exit = ended() ?? (alive ? undefined : lost);
    if (exit) resolve(exit);
  };
  const watcher = tryToWatch(dirname(exitFile), () => {
    const exit = ended();
    if (exit) resolve(exit);
  });
  const timer = setInterval(look, LOOK_EVERY_MS);
  look();
  return {
    exit: promise.finally(() => {
      clearInterval(timer);
      watcher?.close();
    }),
    cancel() {
      if (isSupervisor(pid, exitFile)) process.kill(pid, 'SIGTERM');
      else look();
    },
  };
}

function tryToWatch(folder: string, changed: () => void): FSWatcher | undefined {
  try {
    return watch(folder, changed).on('error', () => {});
  } catch {
    return undefined;
  }
}

/** Numbers of processes are given again, surely after a restart of the machine: the command line must be the supervisor's. */
function isSupervisor(pid: number, exitFile: string): boolean {
  try {
    process.kill(pid, 0);
    return process.platform === 'win32' || commandOf(pid).includes(markOf(exitFile));
  } catch {
    return false;
  }
}

/** The end of the path, run and step: plain letters, which no list of processes writes otherwise. */
function markOf(exitFile: string): string {
  return `${basename(dirname(exitFile))}/${basename(exitFile)}`;
}

function commandOf(pid: number): string {
  if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
}
