import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second. */
export const TICK_MS = 10;

/** The processor time that another process has used so far. Linux only: elsewhere nobody tells it for nothing. */
export function processorMs(pid: number): number {
  // after the name in parentheses, which may hold blanks: the 12th and 13th field
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
