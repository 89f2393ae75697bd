import { useState } from 'preact/hooks';
import type { PipelineContext } from '../context.ts';
import { focus, spotOf, useFocusKept } from './elements.ts';
import { shownSpots, typedSpot } from './seek.ts';
import type { Spot, Ways } from './spots.ts';
import { spotAfter, spotId } from './spots.ts';
import { useHits } from './use-hits.ts';
import { useTyping } from './use-typing.ts';
import type { View } from './use-view.ts';
import { turnView } from './view-keys.ts';

export interface Spots {
  /** the spot that Tab leads to */
  current: string;
  /** to the next one that is looked for, or the one before */
  goToHit(by: 1 | -1): void;
  onClick(event: MouseEvent): void;
  onDoubleClick(event: MouseEvent): void;
  onKeyDown(event: KeyboardEvent): void;
  onFocus(event: FocusEvent): void;
}

/** Choosing and going through the graph, with the mouse and the keyboard. */
export function useSpots(context: PipelineContext, ways: Ways, view: View): Spots {
  const [held, setHeld] = useState<Spot | null>(null);
  const actions = actionsOn(context);
  const current = standing(held, context, ways);
  const typing = useTyping();
  const goToHit = useHits(context.finding, ways, current, view.plane);
  useFocusKept(view.plane, current);
  return {
    current: current ? spotId(current) : '',
    goToHit,
    onFocus: ({ target }) => setHeld(spotOf(target) ?? held),
    onClick: ({ target }) => {
      const spot = spotOf(target);
      if (!spot) return;
      if (target instanceof Element && target.closest('.node-twist')) actions.spread(spot);
      else actions.choose(spot);
    },
    onDoubleClick: ({ target }) => {
      const spot = spotOf(target);
      if (spot?.step === null) actions.spread(spot);
    },
    onKeyDown: (event) => {
      const spot = spotOf(event.target);
      if (!spot || event.ctrlKey || event.metaKey || event.altKey) return;
      const typed = typing(event);
      const isDone =
        typed === '' ? turnView(event, view) || lead(event, spot) || act(event.key, spot) : type(typed, spot);
      if (isDone) event.preventDefault();
    },
  };

  function type(typed: string, from: Spot): boolean {
    const spot = typedSpot(typed, from, shownSpots(ways));
    if (spot) focus(view.plane, spot);
    return true;
  }

  /** Away from the spot. */
  function lead({ key, shiftKey }: KeyboardEvent, from: Spot): boolean {
    const next = spotAfter(key, from, ways);
    if (next) focus(view.plane, next);
    else if (key === 'F3') goToHit(shiftKey ? -1 : 1);
    return next !== undefined || key === 'F3';
  }

  function act(key: string, spot: Spot): boolean {
    if (key === 'Enter') {
      actions.choose(spot);
      // once they are there
      requestAnimationFrame(() => document.querySelector<HTMLElement>('.details')?.focus());
    } else if (key === ' ') actions.spread(spot);
    else if (key === 'Escape' && context.look.chosen !== null) context.host.keep({ chosen: null });
    else if (key === 'Escape' && spot.step !== null) {
      focus(view.plane, { group: spot.group, step: null });
      actions.spread(spot);
    } else return false;
    return true;
  }
}

function actionsOn({ look, host, picture }: PipelineContext) {
  return {
    choose: ({ group, step }: Spot) => host.keep({ chosen: step ?? group }),
    spread: ({ group }: Spot) => {
      if ((picture.byGroup.get(group)?.steps.length ?? 0) === 0) return;
      const others = look.spread.filter((name) => name !== group);
      host.keep({ spread: others.length < look.spread.length ? others : [...others, group] });
    },
  };
}

/** Where one was, while that is there; else what is looked at; else the first step. */
function standing(held: Spot | null, { picture, look }: PipelineContext, { layers, spread }: Ways): Spot | null {
  const isThere = held && picture.byGroup.has(held.group) && (held.step === null || spread.has(held.group));
  if (isThere) return held;
  const group = picture.byStep.get(look.chosen ?? '')?.of ?? layers.flat()[0];
  return group === undefined ? null : { group, step: null };
}
