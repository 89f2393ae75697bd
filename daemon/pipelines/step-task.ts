import { join } from 'node:path';
import type { JsonObject } from '../../schemas/language/json.ts';
import type { PlannedStep } from '../../schemas/language/model.ts';
import type { NotebookCommand } from '../../schemas/language/values/notebook.ts';
import { notebookIn, notebookParameters } from '../../schemas/language/values/notebook.ts';
import type { PipelineRun, StepDebugging } from '../../schemas/wire/pipelines.ts';
import { CrisolError } from '../base/errors.ts';
import { programPath } from '../base/programs.ts';
import { SETTINGS_VARIABLE } from '../base/step-settings.ts';
import { fillSecrets, fillSecretsInJson } from '../project/index.ts';
import type { AttemptFacts } from './engine/parts.ts';
import type { StepTask } from './executors/port.ts';
import { NOTEBOOK_PROGRAM } from './notebooks/program.ts';
import type { PipelineDeps } from './ports.ts';
import { debuggingEnvironment } from './python/debugger.ts';
import { withPython } from './python/environment.ts';
import type { Interpreter } from './python/interpreter.ts';

/** Between being asked to end and being ended. */
const GRACE_MS = 5_000;

interface TaskParts extends Pick<PipelineDeps, 'workspace' | 'umask' | 'stepEnvironment' | 'state'> {
  interpreter: Pick<Interpreter, 'find'>;
}

/** A step as an executor carries it out in this run, with its secrets: neither the plan nor the store holds them. */
export function stepTask(
  parts: TaskParts,
  { run_id, debug }: PipelineRun,
  { name, work, env, timeoutMs, resources }: PlannedStep,
  { childId, gpus }: AttemptFacts,
): StepTask {
  const python = parts.interpreter.find()?.path;
  const debugging = debug?.step === name ? debug : undefined;
  const variables = {
    ...withPython(process.env, python),
    // what a script prints is seen as it prints it
    PYTHONUNBUFFERED: '1',
    ...env,
    ...parts.stepEnvironment(),
    ...(gpus.length > 0 && { CUDA_VISIBLE_DEVICES: gpus.join(',') }),
    MLFLOW_RUN_ID: childId,
    CRISOL_RUN_ID: run_id,
    CRISOL_WORKSPACE: parts.workspace,
    CRISOL_STEP: name,
  };
  const { command, settings } = carriedOut(work, python);
  const environment: Record<string, string | undefined> = Object.fromEntries(
    Object.entries(variables).map(([key, value]) => [key, value && fillSecrets(value, process.env)]),
  );
  return {
    id: childId,
    step: name,
    cwd: parts.workspace,
    umask: parts.umask,
    command,
    env: {
      ...environment,
      ...(settings !== null && { [SETTINGS_VARIABLE]: settings }),
      ...(debugging && waitingFor(parts, debugging, environment)),
    },
    // who looks at a variable takes as long as that takes
    timeoutMs: debugging ? null : timeoutMs,
    graceMs: GRACE_MS,
    resources,
  };
}

function waitingFor(
  { state }: TaskParts,
  debugging: StepDebugging,
  { PYTHONPATH }: Record<string, string | undefined>,
) {
  return debuggingEnvironment(join(state.file('runs'), 'debugging'), debugging, PYTHONPATH);
}

/** What it runs, and settings of our own programs: other users can read arguments, but no environment. */
interface Carried {
  command: StepTask['command'];
  settings: string | null;
}

function carriedOut(work: PlannedStep['work'], python: string | undefined): Carried {
  if (work.kind === 'uses') {
    const program = process.execPath;
    return { command: { program, args: [programPath('built-in-step'), work.uses] }, settings: filled(work.with) };
  }
  const notebook = notebookIn(work.command);
  if (notebook) return notebookCarriedOut(notebook, python);
  return { command: { script: fillSecrets(work.command, process.env) }, settings: null };
}

function notebookCarriedOut({ path, output, words }: NotebookCommand, python: string | undefined): Carried {
  if (python === undefined) {
    throw new CrisolError('FILE_NOT_FOUND', 'a notebook needs Python, and there is none: choose one in VS Code');
  }
  const parameters = notebookParameters(words);
  if ('problem' in parameters) throw new CrisolError('INVALID_PARAMETER_VALUE', parameters.problem);
  const args = ['-c', NOTEBOOK_PROGRAM, path, output ?? ''];
  return { command: { program: python, args }, settings: filled(parameters.values) };
}

const filled = (values: JsonObject): string => fillSecretsInJson(JSON.stringify(values), process.env);
