import type { ComponentChildren, VNode } from 'preact';
import { formatDuration } from '../../../schemas/duration.ts';
import type { StandingStep } from '../../../schemas/pipelines/standing.ts';
import { stepLasted } from '../../../schemas/pipelines/standing.ts';
import { formatAgo, formatMoment } from '../../shared/format.ts';
import { Scroller } from '../../shared/scroller.tsx';
import { Warning } from '../../shared/states.tsx';
import { Button } from '../../shared/toolkit.ts';
import { lookOf, StateMark } from '../../shared/work-state.tsx';
import type { PipelineContext } from '../context.ts';
import { Folds } from './folds.tsx';
import { Paths, Steps } from './lists.tsx';

interface StepDetailsProps {
  step: StandingStep;
  context: PipelineContext;
  isCritical: boolean;
}

export function StepDetails({ step, context, isCritical }: StepDetailsProps): VNode {
  const { last, planned, needs } = step;
  const { now, picture } = context;
  const lasted = last ? stepLasted(last, now) : null;
  const { sign, word, tone } = lookOf(last?.state ?? null);
  return (
    <>
      <div class="head-facts">
        <StateMark sign={sign} word={word} tone={tone} />
        {last?.cached ? <span>cached</span> : null}
        {lasted === null ? null : <span title="Duration">{formatDuration(lasted)}</span>}
        {isCritical ? <span>on the critical path</span> : null}
      </div>
      <Actions step={step} context={context} />
      <Note text={last?.note} />
      <TextFact name="Why" text={last?.reason} />
      <TextFact name="Waits for" text={last?.waits_for} />
      {last?.started_at ? (
        <Fact name="Started">
          <span title={formatMoment(last.started_at)}>{formatAgo(last.started_at, now)}</span>
          {(last.attempt ?? 1) > 1 ? `, attempt ${last.attempt}` : ''}
        </Fact>
      ) : null}
      {last?.tail ? (
        <Scroller class="tail" label={`Last lines of ${step.name}`}>
          {last.tail}
        </Scroller>
      ) : null}
      <Folds step={step} context={context} />
      <Work step={step} context={context} />
      <Steps name="Needs" of={needs} context={context} />
      <Steps name="Needed by" of={picture.followers.get(step.of) ?? []} context={context} />
      <Paths name="Reads" of={planned?.reads ?? []} context={context} />
      <Paths name="Writes" of={planned?.writes ?? []} context={context} />
    </>
  );
}

function Actions({ step: { name, last, lastIn }, context: { host } }: Omit<StepDetailsProps, 'isCritical'>): VNode {
  const runId = last?.started_at ? lastIn?.run_id : undefined;
  const start = (onward: boolean) => host.post({ type: 'pipeline/start', step: name, onward });
  const running = last?.state === 'running' ? lastIn : undefined;
  return (
    <div class="toolbar">
      {runId === undefined ? null : (
        <Button onPress={() => host.post({ type: 'pipeline/open-log', run_id: runId, step: name })}>Open log</Button>
      )}
      {running ? (
        <>
          <Button
            title="What needs it is skipped, the others go on"
            onPress={() => host.post({ type: 'pipeline/cancel-step', run_id: running.run_id, step: name })}
          >
            Cancel this step
          </Button>
          <Button onPress={() => host.post({ type: 'pipeline/cancel', run_id: running.run_id })}>Cancel run</Button>
        </>
      ) : (
        <>
          <Button title="Run it and what it needs" onPress={() => start(false)}>
            Run step
          </Button>
          <Button title="Run it and every step that waits for it" onPress={() => start(true)}>
            Run from here
          </Button>
        </>
      )}
    </div>
  );
}

/** What it does, as crisol.yaml says it. */
function Work({ step: { of, planned }, context: { host } }: Omit<StepDetailsProps, 'isCritical'>): VNode {
  return (
    <section>
      {planned?.uses ? <Fact name="Uses">{planned.uses}</Fact> : null}
      {planned?.command ? (
        <Scroller class="tail" label={`Command of ${of}`}>
          {planned.command.trimEnd()}
        </Scroller>
      ) : null}
      <div class="toolbar">
        <Button onPress={() => host.post({ type: 'pipeline/open-step', step: of })}>
          {planned?.line === undefined ? 'Open in crisol.yaml' : `Open crisol.yaml, line ${planned.line}`}
        </Button>
        <Button title="What it would run for now" onPress={() => host.post({ type: 'pipeline/why', step: of })}>
          Why?
        </Button>
      </div>
    </section>
  );
}

const Note = ({ text }: { text: string | undefined }): VNode | null =>
  text ? (
    <p class="fact">
      <Warning>{text}</Warning>
    </p>
  ) : null;

const TextFact = ({ name, text }: { name: string; text: string | undefined }): VNode | null =>
  text ? <Fact name={name}>{text}</Fact> : null;

function Fact({ name, children }: { name: string; children: ComponentChildren }): VNode {
  return (
    <p class="fact">
      <span class="muted">{name}</span> {children}
    </p>
  );
}
