import type { VNode } from 'preact';
import { formatDuration } from '../../schemas/duration.ts';
import type { PipelineRun, StepRun } from '../../schemas/wire/pipelines.ts';
import { WorkStateMark } from '../shared/work-state.tsx';
import { failedStep } from './state.ts';

/** How far the pipeline is, in one line, and what ended it: it is there before the first metric. */
export function StepStrip({ pipeline, now }: { pipeline: PipelineRun; now: number }): VNode {
  const failed = failedStep(pipeline);
  return (
    <>
      <ol class="step-strip" aria-label="Progress">
        {pipeline.steps.map((step) => (
          <li key={step.name} class={step.state === 'pending' ? 'muted' : undefined}>
            <WorkStateMark state={step.state} called={step.name} /> {lasted(step, now)}
          </li>
        ))}
      </ol>
      {failed ? (
        <div class="problem" role="alert">
          Step {failed.name} failed: {failed.reason}
        </div>
      ) : null}
    </>
  );
}

function lasted({ state, cached, seconds, started_at }: StepRun, now: number): VNode | null {
  if (cached) return <span class="muted">cached</span>;
  const ms = seconds !== null ? seconds * 1000 : state === 'running' && started_at !== null ? now - started_at : null;
  return ms === null ? null : <span class="muted">{formatDuration(Math.max(0, ms))}</span>;
}
