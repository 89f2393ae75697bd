import { join } from 'node:path';
import { CrisolError } from '../../../base/errors.ts';
import { programPath } from '../../../base/programs.ts';
import { SETTINGS_VARIABLE } from '../../../base/step-settings.ts';
import { NOTEBOOK_PROGRAM } from '../../notebooks/program.ts';
import { debuggingEnvironment } from '../../python/debugger.ts';
import { withPython } from '../../python/environment.ts';
import type { Interpreter } from '../../python/interpreter.ts';
import type { StepTask, StepWork } from '../port.ts';
import type { StepProcess } from './protocol.ts';

/** What steps find on this machine. */
export interface Machine {
  workspace: string;
  /** the user's own, which the files that a step makes shall have: ours is stricter */
  umask: number;
  /** which steps inherit */
  env: NodeJS.ProcessEnv;
  python: Pick<Interpreter, 'find' | 'debugpy'>;
  /** for what Python is to find of ours when it is debugged */
  debugging: string;
}

/** A step as a process of this machine. Throws in words when there cannot be one. */
export function processFor(machine: Machine, task: StepTask): StepProcess {
  const { workspace, umask } = machine;
  const { id, timeoutMs, graceMs } = task;
  const python = machine.python.find()?.path;
  const cwd = join(workspace, task.folder);
  const { command, settings } = carriedOut(task.work, python);
  const env: NodeJS.ProcessEnv = {
    ...withPython(machine.env, python),
    ...task.variables,
    ...Object.fromEntries(Object.entries(task.files).map(([name, path]) => [name, join(workspace, path)])),
    ...(task.gpus.length > 0 && { CUDA_VISIBLE_DEVICES: task.gpus.join(',') }),
    CRISOL_WORKSPACE: cwd,
    ...(settings !== null && { [SETTINGS_VARIABLE]: settings }),
  };
  return { id, cwd, umask, command, env: { ...env, ...debugged(machine, task, env) }, timeoutMs, graceMs };
}

function debugged({ debugging, python }: Machine, { debuggerPort: port }: StepTask, { PYTHONPATH }: NodeJS.ProcessEnv) {
  return port === null ? {} : debuggingEnvironment(debugging, { port, libraries: python.debugpy }, PYTHONPATH);
}

/** What it runs, and settings of our own programs: other users can read arguments, but no environment. */
interface Carried {
  command: StepProcess['command'];
  settings: string | null;
}

function carriedOut(work: StepWork, python: string | undefined): Carried {
  if (work.kind === 'script') return { command: { script: work.script }, settings: null };
  if (work.kind === 'uses') {
    const args = [programPath('built-in-step'), work.uses];
    return { command: { program: process.execPath, args }, settings: JSON.stringify(work.with) };
  }
  if (python === undefined) {
    throw new CrisolError('FILE_NOT_FOUND', 'a notebook needs Python, and there is none: choose one in VS Code');
  }
  const args = ['-c', NOTEBOOK_PROGRAM, work.path, work.output ?? ''];
  return { command: { program: python, args }, settings: JSON.stringify(work.parameters) };
}
