import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { formatDuration } from '../../schemas/duration.ts';
import type { FromRunsPanel } from '../../schemas/panels/runs.ts';
import type { PipelineRun, StepRun } from '../../schemas/wire/pipelines.ts';
import type { Host } from '../shared/host.ts';
import { Scroller } from '../shared/scroller.tsx';
import { Button } from '../shared/toolkit.ts';
import { WorkStateMark } from '../shared/work-state.tsx';
import type { RunsLook } from './look.ts';
import type { RunsState, StepOutput } from './state.ts';
import { outputOf } from './state.ts';

type RunsHost = Host<FromRunsPanel, RunsLook>;

export function LogsTab(props: { pipeline: PipelineRun; logs: RunsState['logs']; host: RunsHost }): VNode {
  return (
    <div class="tab">
      <ul class="steps" aria-label="Steps">
        {props.pipeline.steps.map((step) => (
          <Step key={step.name} step={step} output={outputOf(props.logs, step.name)} host={props.host} />
        ))}
      </ul>
    </div>
  );
}

function Step({ step, output, host }: { step: StepRun; output: StepOutput | undefined; host: RunsHost }): VNode {
  const [open, setOpen] = useState(step.state === 'failed');
  const read = () => host.post({ type: 'runs/read-log', step: step.name, offset: output?.next ?? 0 });
  // a step that changed its state has most likely written something
  useEffect(() => {
    if (open) read();
  }, [open, step.state]);
  return (
    <li>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <b>{step.name}</b> <WorkStateMark state={step.state} />
          {step.cached ? <span class="muted">cached</span> : null}
          {step.seconds === null ? null : <span>{formatDuration(step.seconds * 1000)}</span>}
          <span class="muted">{step.reason}</span>
        </summary>
        <Scroller class="log" label={`Output of ${step.name}`}>
          {output?.text || step.tail || 'No output.'}
        </Scroller>
        {step.state === 'running' ? <Button onPress={read}>Read on</Button> : null}
      </details>
    </li>
  );
}
