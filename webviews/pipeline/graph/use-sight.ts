import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { PipelineContext } from '../context.ts';
import type { Plane } from './elements.ts';
import { elementOf } from './elements.ts';

/** Shows what runs or went wrong, for which one came; later on, what was chosen elsewhere. */
export function useSight({ picture, look }: PipelineContext, plane: Plane): void {
  const isSeen = useRef(false);
  const show = (name: string | undefined, how: 'center' | 'nearest') => {
    if (name === undefined) return;
    const group = picture.byStep.get(name)?.of ?? name;
    const element = elementOf(plane, { group, step: name }) ?? elementOf(plane, { group, step: null });
    element?.scrollIntoView({ block: how, inline: how });
  };
  useLayoutEffect(() => {
    if (isSeen.current || picture.groups.length === 0) return;
    isSeen.current = true;
    const steps = [...picture.byStep.values()];
    const wanted = (state: string) => steps.find(({ last, lastIn }) => lastIn === picture.run && last?.state === state);
    show(look.chosen ?? (wanted('failed') ?? wanted('running'))?.name, 'center');
  });
  useEffect(() => show(look.chosen ?? undefined, 'nearest'), [look.chosen]);
}
