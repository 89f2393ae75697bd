import type { VNode } from 'preact';
import { formatDuration } from '../../../schemas/duration.ts';
import type { StepGroup } from '../../../schemas/pipelines/groups.ts';
import { groupLasted, lastOf, standingOf } from '../../../schemas/pipelines/groups.ts';
import { formatCount } from '../../shared/format.ts';
import { Button } from '../../shared/toolkit.ts';
import { lookOf, StateMark } from '../../shared/work-state.tsx';
import type { PipelineContext } from '../context.ts';
import { Steps } from './lists.tsx';

/** Of all of them together. */
export function VariantsDetails({ group, context }: { group: StepGroup; context: PipelineContext }): VNode {
  const { host, look, now, picture } = context;
  const { state, done, cached, failed } = standingOf(lastOf(group));
  const lasted = groupLasted(lastOf(group), now);
  const start = (onward: boolean) => host.post({ type: 'pipeline/start', step: group.name, onward });
  const others = look.spread.filter((name) => name !== group.name);
  const isSpread = others.length < look.spread.length;
  return (
    <>
      <div class="head-facts">
        <StateMark {...lookOf(state)} />
        <span>{`${done} of ${formatCount(group.steps.length, 'variant')} done`}</span>
        {failed > 0 ? <span>{failed} failed</span> : null}
        {cached > 0 ? <span>{cached} cached</span> : null}
        {lasted === null ? null : <span title="Duration">{formatDuration(lasted)}</span>}
      </div>
      <div class="toolbar">
        <Button onPress={() => host.keep({ spread: isSpread ? others : [...others, group.name] })}>
          {isSpread ? 'Stack variants' : 'Spread variants'}
        </Button>
        <Button title="Run all variants and what they need" onPress={() => start(false)}>
          Run step
        </Button>
        <Button title="Run all variants and every step that waits for them" onPress={() => start(true)}>
          Run from here
        </Button>
      </div>
      <Steps name="Needs" of={group.needs} context={context} />
      <Steps name="Needed by" of={picture.followers.get(group.name) ?? []} context={context} />
      <Steps name="Variants" of={group.steps.map(({ name }) => name)} context={context} />
    </>
  );
}
