import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { formatDuration } from '../../schemas/duration.ts';
import type { FromRunsPanel } from '../../schemas/panels/runs.ts';
import type { PipelineRun, StepRun } from '../../schemas/wire/pipelines.ts';
import type { Host } from '../shared/host.ts';
import { Button } from '../shared/toolkit.ts';
import { WorkStateMark } from '../shared/work-state.tsx';
import { LogView } from './log/log-view.tsx';
import type { RunsLook } from './look.ts';
import type { RunsState, StepOutput } from './state.ts';
import { outputOf, sharedReason } from './state.ts';

/** So many signs of an output are read by themselves. */
const MOST_AT_ONCE = 2_000_000;

type RunsHost = Host<FromRunsPanel, RunsLook>;

export function LogsTab(props: {
  pipeline: PipelineRun;
  logs: RunsState['logs'];
  beat: number;
  host: RunsHost;
}): VNode {
  const why = sharedReason(props.pipeline);
  return (
    <div class="tab">
      {why ? <p class="muted">{sentence(why)}</p> : null}
      <ul class="steps" aria-label="Steps">
        {props.pipeline.steps.map((step) => (
          <Step
            key={step.name}
            step={step}
            why={why}
            output={outputOf(props.logs, step.name)}
            beat={props.beat}
            host={props.host}
          />
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
  /** changes when the run logged something: then its step has most likely printed something, too */
  beat: number;
  host: RunsHost;
}

function Step({ step, why, output, beat, host }: StepProps): VNode {
  const [open, setOpen] = useState(step.state === 'failed');
  const text = output?.text ?? '';
  const read = () => host.post({ type: 'runs/read-log', step: step.name, offset: output?.next ?? 0 });
  useEffect(() => {
    if (step.state === 'failed') setOpen(true);
  }, [step.state]);
  // a step that changed its state has most likely written something
  useEffect(() => {
    if (open) read();
  }, [open, step.state, step.state === 'running' ? beat : 0]);
  // page by page, up to what can be read here; the editor shows all of it
  useEffect(() => {
    if (open && text !== '' && text.length < MOST_AT_ONCE) read();
  }, [text.length]);
  return (
    <li>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <b>{step.name}</b> <WorkStateMark state={step.state} />
          {step.cached ? <span class="muted">cached</span> : null}
          {step.seconds === null ? null : <span>{formatDuration(step.seconds * 1000)}</span>}
          {step.reason === why ? null : <span class="muted">{step.reason}</span>}
        </summary>
        <LogView
          of={step.name}
          text={text || step.tail || 'No output.'}
          isGrowing={step.state === 'running'}
          onOpen={(file, line) => host.post({ type: 'runs/open-place', file, line })}
        />
        <div class="toolbar">
          {step.state === 'running' || text.length >= MOST_AT_ONCE ? <Button onPress={read}>Read on</Button> : null}
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
