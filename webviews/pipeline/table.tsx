import type { VNode } from 'preact';
import { formatDuration } from '../../schemas/duration.ts';
import type { StandingStep } from '../../schemas/pipelines/standing.ts';
import { stepLasted } from '../../schemas/pipelines/standing.ts';
import { Breakable } from '../shared/breakable.tsx';
import { Scroller } from '../shared/scroller.tsx';
import { lookOf, StateMark } from '../shared/work-state.tsx';
import type { PipelineContext } from './context.ts';
import { Find } from './find.tsx';
import type { OnPath } from './model/picture.ts';

/** The same as the graph, to be read line by line. */
export function StepTable({ context, onPath }: { context: PipelineContext; onPath: OnPath }): VNode {
  const { hits } = context.finding;
  const steps = context.picture.groups.flatMap((group) => group.steps).filter(({ name }) => hits?.has(name) ?? true);
  const goToFirst = () => document.querySelector<HTMLElement>('.step-link')?.focus();
  return (
    <div class="listed">
      <div class="stage-bar">
        <Find context={context} onGo={goToFirst} isFilter />
      </div>
      <Scroller class="wide step-table" label="Steps">
        <table class="sheet" aria-label="Steps with their state, duration and needs">
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col">State</th>
              <th scope="col">Duration</th>
              <th scope="col">Needs</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <Row key={step.name} step={step} context={context} isCritical={onPath.steps.has(step.name)} />
            ))}
          </tbody>
        </table>
      </Scroller>
    </div>
  );
}

interface RowProps {
  step: StandingStep;
  context: PipelineContext;
  isCritical: boolean;
}

function Row({ step: { name, needs, last }, context: { host, look, now }, isCritical }: RowProps): VNode {
  const { sign, word, tone } = lookOf(last?.state ?? null);
  const lasted = last ? stepLasted(last, now) : null;
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          class="link step-link"
          data-step={name}
          aria-current={look.chosen === name}
          onClick={() => host.keep({ chosen: name })}
        >
          <Breakable name={name} />
        </button>
      </th>
      <td>
        <StateMark sign={sign} word={last?.cached ? 'Cached' : word} tone={tone} />
      </td>
      <td class="number">
        {lasted === null ? '–' : formatDuration(lasted)}
        {isCritical ? <span class="muted"> critical path</span> : null}
      </td>
      <td>{needs.length > MOST_NEEDS ? `${needs.length} steps` : needs.join(', ')}</td>
      <td class="muted">{last?.reason}</td>
    </tr>
  );
}

const MOST_NEEDS = 6;
