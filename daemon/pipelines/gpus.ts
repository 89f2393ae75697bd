import { readdirSync } from 'node:fs';

/** Graphics processors that steps can be given one by one: NVIDIA's, under Linux. Elsewhere a step takes what it finds. */
export function countGpus(): number {
  if (process.platform !== 'linux') return 0;
  return readdirSync('/dev').filter((name) => /^nvidia\d+$/.test(name)).length;
}
