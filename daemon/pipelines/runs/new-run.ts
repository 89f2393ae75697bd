import type { PlannedStep } from '../../../schemas/language/model.ts';
import { pythonInWords } from '../../../schemas/pipelines/python-words.ts';
import type { PipelineRun, StepRun } from '../../../schemas/wire/pipelines.ts';
import type { KeptStep } from '../engine/parts.ts';
import type { PipelineDeps } from '../ports.ts';
import type { KeptRun, PipelineRepository, RunPlan } from './repository.ts';

type Deps = Pick<PipelineDeps, 'clock' | 'project' | 'python' | 'runs' | 'workspace'>;

/** A run in tracking and here, with all its steps to come. */
export async function newRun(
  { clock, project, python, runs, workspace }: Deps,
  repository: PipelineRepository,
  plan: RunPlan,
  said: Pick<PipelineRun, 'cause' | 'forced' | 'debug'>,
  /** of a run that this one goes on with */
  earlier?: KeptRun,
): Promise<KeptRun> {
  const pipeline = project.model?.name ?? 'pipeline';
  const isCommand = plan.steps.some(({ work }) => work.kind === 'run');
  const found = isCommand ? await python.describe() : null;
  const { run_id, name } = await runs.start(pipeline, plan.params, nameFor(said.cause));
  const steps = plan.steps.map((step) => doneIn(earlier, step) ?? { run: pending(step), metrics: {}, begun: null });
  const run: PipelineRun = {
    run_id,
    pipeline,
    name,
    state: 'running',
    ...said,
    ...(found && { python: pythonInWords(found, workspace) }),
    started_at: clock.now(),
    ended_at: null,
    steps: steps.map((step) => step.run),
  };
  try {
    await repository.add({ run, steps, plan });
  } catch (thrown) {
    // nobody will carry it out: it must not look as if it ran
    await runs.finish(run_id, 'failed').catch(() => {});
    throw thrown;
  }
  return { run, steps, plan, cancelled: false };
}

/** What a sweep needs runs beside it in lists, where a name that says nothing would be taken for a run of one's own. */
function nameFor(cause: PipelineRun['cause']): string | undefined {
  return cause?.kind === 'sweep' ? `before sweep ${cause.name}` : undefined;
}

/** What has outs is found by its key; what has none is done when it was. */
function doneIn(earlier: KeptRun | undefined, step: PlannedStep): KeptStep | undefined {
  if (!earlier || step.writes.length > 0) return undefined;
  const done = earlier.steps.find(({ run }) => run.name === step.name && run.state === 'succeeded');
  if (!done) return undefined;
  const { child_run_id, folds } = done.run;
  const reason = `it succeeded in ${earlier.run.name}`;
  const run: StepRun = { ...pending(step), state: 'succeeded', cached: true, reason, child_run_id, folds };
  return { run, metrics: done.metrics, begun: null };
}

function pending({ name, of, matrix, needs }: PlannedStep): StepRun {
  return {
    name,
    of,
    ...(matrix ? { matrix } : {}),
    needs,
    state: 'pending',
    cached: false,
    reason: '',
    started_at: null,
    seconds: null,
  };
}
