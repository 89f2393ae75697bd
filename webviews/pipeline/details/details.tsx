import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { hasVariants } from '../../../schemas/pipelines/groups.ts';
import { Breakable } from '../../shared/breakable.tsx';
import { Button } from '../../shared/toolkit.ts';
import type { PipelineContext } from '../context.ts';
import type { OnPath } from '../model/picture.ts';
import { StepDetails } from './step.tsx';
import { VariantsDetails } from './variants.tsx';

export interface DetailsProps {
  context: PipelineContext;
  onPath: OnPath;
}

/** What is known of the chosen step, beside the graph. */
export function Details({ context, onPath }: DetailsProps): VNode | null {
  const { picture, look, host } = context;
  const { chosen } = look;
  const group = picture.byGroup.get(chosen ?? '');
  const pane = useRef<HTMLElement>(null);
  // a link to another step is there no more once that one is shown
  const hadFocus = pane.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    if (hadFocus && document.activeElement === document.body) pane.current?.focus();
  });
  const step = picture.byStep.get(chosen ?? '') ?? (group && !hasVariants(group) ? group.steps[0] : undefined);
  if (chosen === null || (!step && !group)) return null;
  const close = () => {
    host.keep({ chosen: null });
    const node = [...document.querySelectorAll<HTMLElement>('[role="treeitem"], .step-link')];
    node.find(({ dataset }) => (dataset.step ?? dataset.group) === chosen)?.focus();
  };
  return (
    <aside
      ref={pane}
      class="details"
      tabIndex={-1}
      aria-label={`Details of ${chosen}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <div class="title">
        <h2>
          <Breakable name={chosen} />
        </h2>
        <Button look="icon" label="Close details" title="Close (Escape)" onPress={close}>
          ✕
        </Button>
      </div>
      {step ? <StepDetails step={step} context={context} isCritical={onPath.steps.has(step.name)} /> : null}
      {!step && group ? <VariantsDetails group={group} context={context} /> : null}
    </aside>
  );
}
