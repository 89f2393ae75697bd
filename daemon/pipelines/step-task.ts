import type { JsonObject } from '../../schemas/language/json.ts';
import type { PlannedStep } from '../../schemas/language/model.ts';
import { notebookIn, notebookParameters } from '../../schemas/language/values/notebook.ts';
import type { PipelineRun } from '../../schemas/wire/pipelines.ts';
import { CrisolError } from '../base/errors.ts';
import { fillSecrets, fillSecretsInJson } from '../project/index.ts';
import type { AttemptFacts } from './engine/parts.ts';
import type { StepTask, StepWork } from './executors/port.ts';
import type { PipelineDeps } from './ports.ts';

/** Between being asked to end and being ended. */
const GRACE_MS = 5_000;

type TaskParts = Pick<PipelineDeps, 'stepEnvironment' | 'project'>;

/** A step as any executor carries it out in this run, with its secrets: neither the plan nor the store holds them. */
export function stepTask(
  parts: TaskParts,
  { run_id, debug }: PipelineRun,
  step: PlannedStep,
  { childId, gpus, fold }: AttemptFacts,
): StepTask {
  const { name, timeoutMs, resources } = step;
  const isDebugged = debug?.step === name;
  return {
    id: childId,
    step: name,
    work: workOf(step.work),
    folder: '.',
    reads: [...step.reads, ...paramsFilesOf(parts, step)],
    writes: step.writes,
    variables: {
      // what a script prints is seen as it prints it
      PYTHONUNBUFFERED: '1',
      ...withSecrets(step.env),
      ...parts.stepEnvironment(),
      MLFLOW_RUN_ID: childId,
      CRISOL_RUN_ID: run_id,
      CRISOL_STEP: name,
      ...fold?.variables,
    },
    files: { ...fold?.files },
    // who looks at a variable takes as long as that takes
    timeoutMs: isDebugged ? null : timeoutMs,
    graceMs: GRACE_MS,
    resources,
    gpus,
    debuggerPort: isDebugged ? debug.port : null,
  };
}

/** Who names params reads them from their files, as scripts made for DVC do. */
function paramsFilesOf({ project }: TaskParts, { params, reads }: PlannedStep): string[] {
  const files = params.length > 0 ? (project.model?.params.files ?? []) : [];
  return files.flatMap(({ value }) => (reads.includes(value) ? [] : [value]));
}

function workOf(work: PlannedStep['work']): StepWork {
  if (work.kind === 'uses') return { ...work, with: filled(work.with) };
  const notebook = notebookIn(work.command);
  if (!notebook) return { kind: 'script', script: fillSecrets(work.command, process.env) };
  const { path, output, words } = notebook;
  const parameters = notebookParameters(words);
  if ('problem' in parameters) throw new CrisolError('INVALID_PARAMETER_VALUE', parameters.problem);
  return { kind: 'notebook', path, output, parameters: filled(parameters.values) };
}

const withSecrets = (env: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(env).map(([key, value]) => [key, fillSecrets(value, process.env)]));

const filled = (values: JsonObject): JsonObject => JSON.parse(fillSecretsInJson(JSON.stringify(values), process.env));
