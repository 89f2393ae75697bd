import { processorMs } from '../../tools/lib/process-usage.ts';

/**
 * Starts to count; the function says how many milliseconds of the processor this process has used since. What other
 * programs of a busy machine take meanwhile is not the code's, which a clock on the wall could not tell.
 */
export function processorTime(): () => number {
  const started = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  };
}

/** The same of another process; where the system does not tell it, the time on the wall. */
export function processorTimeOf(pid: number): () => number {
  const now = () => (process.platform === 'linux' ? processorMs(pid) : performance.now());
  const started = now();
  return () => now() - started;
}
