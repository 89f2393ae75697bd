import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { formatDuration } from '../../schemas/duration.ts';
import type { FromRunsPanel } from '../../schemas/panels/runs.ts';
import { plainOutput } from '../../schemas/plain-output.ts';
import type { PipelineRun, StepRun } from '../../schemas/wire/pipelines.ts';
import type { Host } from '../shared/host.ts';
import { Scroller } from '../shared/scroller.tsx';
import { Button } from '../shared/toolkit.ts';
import { WorkStateMark } from '../shared/work-state.tsx';
import type { RunsLook } from './look.ts';
import type { RunsState, StepOutput } from './state.ts';
import { outputOf, sharedReason } from './state.ts';

type RunsHost = Host<FromRunsPanel, RunsLook>;

export function LogsTab(props: { pipeline: PipelineRun; logs: RunsState['logs']; host: RunsHost }): VNode {
  const why = sharedReason(props.pipeline);
  return (
    <div class="tab">
      {why ? <p class="muted">{sentence(why)}</p> : null}
      <ul class="steps" aria-label="Steps">
        {props.pipeline.steps.map((step) => (
          <Step key={step.name} step={step} why={why} output={outputOf(props.logs, step.name)} host={props.host} />
        ))}
      </ul>
    </div>
  );
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

interface StepProps {
  step: StepRun;
  /** said above, of all */
  why: string | undefined;
  output: StepOutput | undefined;
  host: RunsHost;
}

function Step({ step, why, output, host }: StepProps): VNode {
  const [open, setOpen] = useState(step.state === 'failed');
  const printed = useMemo(() => plainOutput(output?.text ?? ''), [output?.text]);
  const read = () => host.post({ type: 'runs/read-log', step: step.name, offset: output?.next ?? 0 });
  useEffect(() => {
    if (step.state === 'failed') setOpen(true);
  }, [step.state]);
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
          {step.reason === why ? null : <span class="muted">{step.reason}</span>}
        </summary>
        <Scroller class="log" label={`Output of ${step.name}`}>
          {printed || step.tail || 'No output.'}
        </Scroller>
        <div class="toolbar">
          {step.state === 'running' ? <Button onPress={read}>Read on</Button> : null}
          {step.started_at === null ? null : (
            <Button
              title="As a document, with links to the files that it names"
              label={`Open the log of ${step.name} in an editor`}
              onPress={() => host.post({ type: 'runs/open-log', step: step.name })}
            >
              Open in editor
            </Button>
          )}
        </div>
      </details>
    </li>
  );
}
