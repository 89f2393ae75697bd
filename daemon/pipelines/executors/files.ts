import { join } from 'node:path';

/** What a supervisor leaves behind, so that its step can be followed whatever happens to the daemon. */
export function stepFiles(folder: string, step: string) {
  const name = encodeURIComponent(step);
  return {
    log: join(folder, `${name}.log`),
    pid: join(folder, `${name}.pid`),
    exit: join(folder, `${name}.exit.json`),
  };
}

/** Where the supervisor finds its task, as JSON. */
export const TASK_VARIABLE = 'CRISOL_SUPERVISED_TASK';

export interface SupervisedTask {
  command: { script: string } | { program: string; args: string[] };
  cwd: string;
  umask: number;
  log: string;
  pid: string;
  exit: string;
}
