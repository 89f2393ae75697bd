import { setTimeout } from 'node:timers/promises';
import type { Hunt } from './index.ts';
import { processes, signal } from './index.ts';

/** What hangs in the system (a disk that is gone) dies when that lets go of it: nobody can wait for ever. */
const MOST_MS = 10_000;
const LONGEST_PAUSE_MS = 50;

/** Ends all that is found, and what these start meanwhile, until nothing is found. */
export async function sweep(hunt: Hunt): Promise<void> {
  const until = performance.now() + MOST_MS;
  for (let pause = 1; performance.now() < until; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const found = processes.find(hunt);
    if (found.length === 0) return;
    for (const pid of found) signal(pid, 'SIGKILL');
    await setTimeout(pause);
  }
}
