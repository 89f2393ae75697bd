import { arch, cpus, hostname, release, totalmem, type } from 'node:os';
import type { Machine } from '../../../schemas/wire/run-source.ts';

/** Scripts log over loopback: theirs is ours. */
export function thisMachine(): Machine {
  const processors = cpus();
  return {
    host: hostname(),
    os: `${type()} ${release()}`,
    arch: arch(),
    cpu: processors[0]?.model.trim() ?? '',
    cpus: processors.length,
    memory_bytes: totalmem(),
  };
}
