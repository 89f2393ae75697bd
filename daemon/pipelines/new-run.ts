import type { PlannedStep } from '../../schemas/language/model.ts';
import type { PipelineRun, RunCause } from '../../schemas/wire/pipelines.ts';
import type { PipelineDeps } from './ports.ts';
import type { PipelineRepository } from './repository.ts';

/** A run in tracking and here, with all its steps to come. */
export async function newRun(
  { clock, project, runs }: Pick<PipelineDeps, 'clock' | 'project' | 'runs'>,
  repository: PipelineRepository,
  { plan, cause }: { plan: PlannedStep[]; cause: RunCause },
): Promise<PipelineRun> {
  const pipeline = project.model?.name ?? 'pipeline';
  const { run_id, name } = await runs.start(pipeline);
  const run: PipelineRun = {
    run_id,
    pipeline,
    name,
    state: 'running',
    cause,
    started_at: clock.now(),
    ended_at: null,
    steps: plan.map(pending),
  };
  try {
    await repository.save({ run, plan });
  } catch (thrown) {
    // nobody will carry it out: it must not look as if it ran
    await runs.finish(run_id, 'failed').catch(() => {});
    throw thrown;
  }
  return run;
}

function pending({ name, of, matrix, needs }: PlannedStep): PipelineRun['steps'][number] {
  return {
    name,
    of,
    ...(matrix ? { matrix } : {}),
    needs,
    state: 'pending',
    cached: false,
    reason: 'every step runs each time',
    started_at: null,
    seconds: null,
  };
}
