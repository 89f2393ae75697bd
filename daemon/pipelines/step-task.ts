import { join } from 'node:path';
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
  const filled = Object.entries(variables).map(([key, value]) => [key, value && fillSecrets(value, process.env)]);
  const environment: Record<string, string | undefined> = Object.fromEntries(filled);
  return {
    id: childId,
    step: name,
    cwd: parts.workspace,
    umask: parts.umask,
    command: commandOf(work, python),
    env: { ...environment, ...settingsOf(work), ...(debugging && waitingFor(parts, debugging, environment)) },
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

function settingsOf(work: PlannedStep['work']): Record<string, string> {
  if (work.kind !== 'uses') return {};
  return { [SETTINGS_VARIABLE]: fillSecretsInJson(JSON.stringify(work.with), process.env) };
}

function commandOf(work: PlannedStep['work'], python: string | undefined): StepTask['command'] {
  if (work.kind === 'uses') return { program: process.execPath, args: [programPath('built-in-step'), work.uses] };
  const notebook = notebookIn(work.command);
  return notebook ? notebookCommand(notebook, python) : { script: fillSecrets(work.command, process.env) };
}

function notebookCommand({ path, output, words }: NotebookCommand, python: string | undefined): StepTask['command'] {
  if (python === undefined) {
    throw new CrisolError('FILE_NOT_FOUND', 'a notebook needs Python, and there is none: choose one in VS Code');
  }
  const parameters = notebookParameters(words);
  if ('problem' in parameters) throw new CrisolError('INVALID_PARAMETER_VALUE', parameters.problem);
  const values = fillSecretsInJson(JSON.stringify(parameters.values), process.env);
  return { program: python, args: ['-c', NOTEBOOK_PROGRAM, path, output ?? '', values] };
}
