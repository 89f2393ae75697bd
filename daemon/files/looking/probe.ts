import { statSync, writeFileSync } from 'node:fs';
import type { Raw } from '../raw.ts';
import { systemPath } from '../raw.ts';

/**
 * What time a disk believes it is: one behind a network, or that of the host of a container, may be behind our own clock, and
 * what was written to it just now would seem old. The earlier of both times is taken.
 */
export function timeOfDisk(file: Raw, clock: number): number {
  try {
    writeFileSync(systemPath(file), '', { mode: 0o600 });
    return Math.min(clock, statSync(systemPath(file)).mtimeMs);
  } catch {
    // a disk that is full, or read-only: what needs it will say so
    return clock;
  }
}
