import type { PipelineRun, RunCause, StartPipeline } from '../../../schemas/wire/pipelines.ts';
import type { Emitter } from '../../base/emitter.ts';
import { CrisolError } from '../../base/errors.ts';
import { neededBy } from './ground.ts';
import type { TriedSweep } from './ports.ts';

/** Runs of the pipeline, as a sweep begins one for what its step needs. */
export interface NeedsRunner {
  changes: Emitter<PipelineRun>;
  start(request: StartPipeline, cause: RunCause): Promise<PipelineRun>;
  startedBy(key: string): PipelineRun | undefined;
  get(runId: string): PipelineRun;
  cancel(runId: string): Promise<unknown>;
}

/** Runs what the step of a sweep needs, once for all trials, also over the daemon's death. Throws in words when that fails. */
export async function runNeeds(
  pipelines: NeedsRunner,
  { id, name, ground }: TriedSweep,
  signal: AbortSignal,
): Promise<void> {
  const steps = neededBy(ground);
  if (steps.length === 0) return;
  const key = `sweep/${id}`;
  const request = { steps, params: ground.plan.given };
  const { run_id } = pipelines.startedBy(key) ?? (await pipelines.start(request, { kind: 'sweep', name, key }));
  const ended = await endOf(pipelines, run_id, signal);
  if (ended.state === 'succeeded') return;
  signal.throwIfAborted();
  const [first] = ended.steps.filter(({ state }) => state === 'failed');
  throw new CrisolError(
    'SWEEP_NOT_BEGUN',
    first ? `${first.name}, which it needs, failed: ${first.reason}.` : `What it needs was ${ended.state}.`,
  );
}

async function endOf(pipelines: NeedsRunner, runId: string, signal: AbortSignal): Promise<PipelineRun> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const listening = pipelines.changes.on((run) => run.run_id === runId && run.ended_at !== null && resolve());
  const cancel = () => void pipelines.cancel(runId);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    if (signal.aborted) cancel();
    if (pipelines.get(runId).ended_at === null) await promise;
    return pipelines.get(runId);
  } finally {
    signal.removeEventListener('abort', cancel);
    await listening.dispose();
  }
}
