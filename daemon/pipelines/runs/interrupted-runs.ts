import type { PipelineRun } from '../../../schemas/wire/pipelines.ts';
import type { PipelineDeps } from '../ports.ts';
import type { PipelineRepository } from './repository.ts';

const REASON = 'this folder was copied from elsewhere: run it again';

/**
 * Ends the runs that were under way where this folder was copied from: commands that came with a folder are never run by
 * themselves. What is known of them is kept. `closed` hears of each.
 */
export async function closeInterruptedRuns(
  { clock, runs }: Pick<PipelineDeps, 'clock' | 'runs'>,
  repository: PipelineRepository,
  closed: (run: PipelineRun) => void,
): Promise<void> {
  for (const interrupted of repository.interrupted()) {
    const run = asFailed(interrupted, clock.now());
    await repository.close(run);
    // tracking may not know it: a store that came with a folder may hold anything
    await runs.finishWhole(run.run_id, 'failed').catch(() => {});
    closed(run);
  }
}

function asFailed(run: PipelineRun, now: number): PipelineRun {
  const steps = run.steps.map((step): PipelineRun['steps'][number] => {
    const unfinished = step.state === 'running' || step.state === 'pending';
    return unfinished ? { ...step, state: 'failed', reason: REASON } : step;
  });
  return { ...run, state: 'failed', ended_at: now, steps };
}
