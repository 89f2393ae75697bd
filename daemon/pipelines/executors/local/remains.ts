import { setTimeout } from 'node:timers/promises';
import { marksOf } from '../mark.ts';
import { isAlive, processes } from '../processes/index.ts';
import { sweep } from '../processes/sweep.ts';
import type { Instance } from './instances.ts';
import type { Journal } from './journal.ts';

const LOOK_EVERY_MS = 10;
const DEAD_WITHIN_MS = 2_000;
/** One that becomes another program has no environment for a moment. */
const MOMENT_MS = 20;

/** Ends all that a supervisor which is dead has left: its steps with what they started, and nobody else. */
export async function endRemains(instance: string, journals: readonly Journal[]): Promise<void> {
  const leaders = journals.flatMap(({ pid, born }) =>
    pid !== undefined && born !== undefined && processes.born(pid) === born ? [pid] : [],
  );
  await sweep({ leaders, mark: marksOf(instance) });
  await setTimeout(MOMENT_MS);
  await sweep({ leaders: [], mark: marksOf(instance) });
}

/** Its socket is closed before a process is gone. False: it lives on. */
export async function isDeadSoon(instance: Instance): Promise<boolean> {
  const until = performance.now() + DEAD_WITHIN_MS;
  while (lives(instance)) {
    if (performance.now() > until) return false;
    await setTimeout(LOOK_EVERY_MS);
  }
  return true;
}

export function lives({ pid, born }: Instance): boolean {
  return isAlive(pid, born === '' ? undefined : born);
}
