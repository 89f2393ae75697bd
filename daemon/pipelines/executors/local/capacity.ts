import { readdirSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import type { Capacity } from '../port.ts';

/** What this machine has. */
export const machineCapacity = (): Capacity => ({
  cpus: availableParallelism(),
  memoryBytes: totalmem(),
  gpus: countGpus(),
});

/** NVIDIA's, under Linux. Elsewhere a step takes what it finds. */
function countGpus(): number {
  if (process.platform !== 'linux') return 0;
  return readdirSync('/dev').filter((name) => /^nvidia\d+$/.test(name)).length;
}
