import { execFileSync } from 'node:child_process';
import { linux } from './linux.ts';
import type { Processes } from './port.ts';
import { ps } from './ps.ts';

export type { Hunt, Processes } from './port.ts';

/** Windows tells nothing of all that without a program that takes a second. */
const nothing: Processes = { born: () => undefined, find: () => [], usage: () => new Map() };

export const processes: Processes = process.platform === 'win32' ? nothing : process.platform === 'linux' ? linux : ps;

/** Whether that very process lives; where the system tells no births, whether any has that number. */
export function isAlive(pid: number, born: string | undefined): boolean {
  if (born !== undefined) return processes.born(pid) === born;
  return signal(pid, 0);
}

/** False: there is nobody. */
export function signal(pid: number, how: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, how);
  } catch {
    return false;
  }
}

/** To all of its group, which on Windows is all that it started: there they are not asked, but ended. */
export function signalGroup(leader: number, how: NodeJS.Signals): boolean {
  if (process.platform !== 'win32') return signal(-leader, how);
  try {
    execFileSync('taskkill', ['/T', '/F', '/PID', String(leader)], { stdio: 'ignore', windowsHide: true });
    return true;
  } catch {
    return false;
  }
}
