import type { PlannedStep } from '../../schemas/language/model.ts';
import { programPath } from '../base/programs.ts';
import { fillSecrets, fillSecretsInJson } from '../project/index.ts';
import type { StepTask } from './executors/port.ts';
import type { PipelineDeps } from './ports.ts';

type TaskParts = Pick<PipelineDeps, 'workspace' | 'umask' | 'stepEnvironment'>;

/** What a step that is told to end has time for: to write down how far it came. */
const GRACE_MS = 5_000;

/** A step of the plan as an executor carries it out in this run; secrets are still names. */
export function stepTask(parts: TaskParts, runId: string, { name, work, env }: PlannedStep): StepTask {
  return {
    id: taskId(runId, name),
    step: name,
    cwd: parts.workspace,
    umask: parts.umask,
    command: commandOf(work),
    env: {
      ...process.env,
      ...env,
      ...parts.stepEnvironment(),
      MLFLOW_RUN_ID: runId,
      CRISOL_WORKSPACE: parts.workspace,
      CRISOL_STEP: name,
    },
    timeoutMs: null,
    graceMs: GRACE_MS,
    resources: { cpus: 1, memoryBytes: null, gpus: 0 },
  };
}

/** The executor's name for it: each step is tried once. */
export function taskId(runId: string, step: string): string {
  return `${runId}/${step}/1`;
}

/** The task as it starts: the plan, which is kept, holds no secrets. */
export function withSecrets(task: StepTask): StepTask {
  const { env } = process;
  const variables = Object.entries(task.env).map(([name, value]) => [name, value && fillSecrets(value, env)]);
  const { command } = task;
  return {
    ...task,
    env: Object.fromEntries(variables),
    command:
      'script' in command
        ? { script: fillSecrets(command.script, env) }
        : { ...command, args: command.args.map((arg) => fillSecretsInJson(arg, env)) },
  };
}

function commandOf(work: PlannedStep['work']): StepTask['command'] {
  if (work.kind !== 'uses') return { script: work.command };
  return { program: process.execPath, args: [programPath('built-in-step'), work.uses, JSON.stringify(work.with)] };
}
