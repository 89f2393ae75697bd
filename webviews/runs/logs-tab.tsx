import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatDuration } from '../../schemas/duration.ts';
import type { FromRunsPanel } from '../../schemas/panels/runs.ts';
import { foldName } from '../../schemas/pipelines/folds.ts';
import type { PipelineRun, StepRun } from '../../schemas/wire/pipelines.ts';
import type { Host } from '../shared/host.ts';
import { Warning } from '../shared/states.tsx';
import { Button } from '../shared/toolkit.ts';
import { WorkStateMark } from '../shared/work-state.tsx';
import { Folds, newestFold } from './log/folds.tsx';
import { StepLogView } from './log/step-log.tsx';
import type { RunsLook } from './look.ts';
import type { RunsState } from './state.ts';
import { outputOf, sharedReason } from './state.ts';

type RunsHost = Host<FromRunsPanel, RunsLook>;

export function LogsTab(props: {
  pipeline: PipelineRun;
  logs: RunsState['logs'];
  wanted: RunsState['wantedLog'];
  host: RunsHost;
}): VNode {
  const why = sharedReason(props.pipeline);
  return (
    <div class="tab">
      {why ? <p class="muted">Why the steps run: {why}.</p> : null}
      {props.pipeline.python ? <p class="muted">{props.pipeline.python}</p> : null}
      <ul class="steps" aria-label="Steps">
        {props.pipeline.steps.map((step) => (
          <Step
            key={step.name}
            step={step}
            why={why}
            logs={props.logs}
            wanted={props.wanted && isOf(step, props.wanted.step) ? props.wanted : null}
            host={props.host}
          />
        ))}
      </ul>
    </div>
  );
}

/** Its own output, or that of one of its folds. */
function isOf({ name, folds = [] }: StepRun, wanted: string): boolean {
  return wanted === name || folds.some(({ number }) => foldName(name, number) === wanted);
}

interface StepProps {
  step: StepRun;
  /** said above, of all */
  why: string | undefined;
  logs: RunsState['logs'];
  /** a person asked for it */
  wanted: RunsState['wantedLog'];
  host: RunsHost;
}

function Step({ step, why, logs, wanted, host }: StepProps): VNode {
  const [open, setOpen] = useState(step.state === 'failed');
  // null: what the step prints now
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = chosen ?? newestFold(step);
  const tail = shown === newestFold(step) ? step.tail : undefined;
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (step.state === 'failed') setOpen(true);
  }, [step.state]);
  useEffect(() => {
    if (!wanted) return;
    setOpen(true);
    setChosen(wanted.step === step.name ? null : wanted.step);
    requestAnimationFrame(() => item.current?.scrollIntoView({ block: 'start' }));
  }, [wanted]);
  return (
    <li ref={item}>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <b>{step.name}</b> <WorkStateMark state={step.state} />
          {step.cached ? <span class="muted">cached</span> : null}
          {step.seconds === null ? null : <span>{formatDuration(step.seconds * 1000)}</span>}
          {step.reason === why ? null : <span class="muted">{step.reason}</span>}
          {step.note ? <Warning>{step.note}</Warning> : null}
        </summary>
        {open ? <Folds step={step} shown={shown} onChoose={setChosen} /> : null}
        {open ? <StepLogView key={shown} of={shown} tail={tail} output={outputOf(logs, shown)} host={host} /> : null}
        <div class="toolbar">
          {step.started_at === null ? null : (
            <Button
              title="As a document, with links to the files that it names"
              label={`Open the log of ${shown} in an editor`}
              onPress={() => host.post({ type: 'runs/open-log', step: shown })}
            >
              Open in editor
            </Button>
          )}
        </div>
      </details>
    </li>
  );
}
