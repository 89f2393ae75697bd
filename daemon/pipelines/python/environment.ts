import { existsSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';

/** As in a terminal where the environment of that Python is active: `python` is that one, and tools know where they are. */
export function withPython(env: NodeJS.ProcessEnv, python: string | undefined): NodeJS.ProcessEnv {
  if (python === undefined) return env;
  const { VIRTUAL_ENV: _, ...others } = env;
  const programs = dirname(python);
  const home = /^(bin|scripts)$/i.test(basename(programs)) ? dirname(programs) : programs;
  return {
    ...others,
    PATH: [programs, env.PATH ?? ''].join(delimiter),
    ...(existsSync(join(home, 'pyvenv.cfg')) && { VIRTUAL_ENV: home }),
    ...(existsSync(join(home, 'conda-meta')) && { CONDA_PREFIX: home }),
  };
}
