import { delimiter, dirname } from 'node:path';
import type { PlannedStep } from '../../schemas/language/model.ts';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import { programPath } from '../base/programs.ts';
import { SETTINGS_VARIABLE } from '../base/step-settings.ts';
import { fillSecrets, fillSecretsInJson } from '../project/index.ts';
import type { AttemptFacts } from './engine/parts.ts';
import type { StepTask } from './executors/port.ts';
import type { PipelineDeps } from './ports.ts';
import { findPython } from './python/find.ts';

/** Between being asked to end and being ended. */
const GRACE_MS = 5_000;

type TaskParts = Pick<PipelineDeps, 'workspace' | 'umask' | 'stepEnvironment' | 'interpreter'>;

/** A step as an executor carries it out in this run, with its secrets: neither the plan nor the store holds them. */
export function stepTask(
  parts: TaskParts,
  { run_id }: PipelineRun,
  { name, work, env, timeoutMs, resources }: PlannedStep,
  { childId, gpus }: AttemptFacts,
): StepTask {
  const variables = {
    ...withInterpreter(process.env, parts.interpreter?.() ?? findPython(parts.workspace)),
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
  return {
    id: childId,
    step: name,
    cwd: parts.workspace,
    umask: parts.umask,
    command: commandOf(work),
    env: { ...Object.fromEntries(filled), ...settingsOf(work) },
    timeoutMs,
    graceMs: GRACE_MS,
    resources,
  };
}

/** `python` is that one, as in an activated environment. */
function withInterpreter(env: NodeJS.ProcessEnv, interpreter: string | undefined): NodeJS.ProcessEnv {
  if (interpreter === undefined) return env;
  const folder = dirname(interpreter);
  return { ...env, PATH: [folder, env.PATH ?? ''].join(delimiter), VIRTUAL_ENV: dirname(folder) };
}

function settingsOf(work: PlannedStep['work']): Record<string, string> {
  if (work.kind !== 'uses') return {};
  return { [SETTINGS_VARIABLE]: fillSecretsInJson(JSON.stringify(work.with), process.env) };
}

function commandOf(work: PlannedStep['work']): StepTask['command'] {
  if (work.kind !== 'uses') return { script: fillSecrets(work.command, process.env) };
  return { program: process.execPath, args: [programPath('built-in-step'), work.uses] };
}
