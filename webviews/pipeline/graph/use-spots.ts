import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import type { PipelineContext } from '../context.ts';
import type { Spot, Ways } from './spots.ts';
import { spotAfter, spotId } from './spots.ts';
import type { View } from './use-view.ts';

export interface Spots {
  /** the spot that Tab leads to */
  current: string;
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
  return {
    current: current ? spotId(current) : '',
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
      const next = spotAfter(event.key, spot, ways);
      if (next) focus(view.plane, next);
      if (next || act(event.key, spot) || zoom(event.key, view)) event.preventDefault();
    },
  };

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

function zoom(key: string, view: View): boolean {
  if (key === '+' || key === '=') view.zoomIn();
  else if (key === '-') view.zoomOut();
  else if (key === '0') view.fit();
  else return false;
  return true;
}

/** Where one was, while that is there; else what is looked at; else the first step. */
function standing(held: Spot | null, { picture, look }: PipelineContext, { layers, spread }: Ways): Spot | null {
  const isThere = held && picture.byGroup.has(held.group) && (held.step === null || spread.has(held.group));
  if (isThere) return held;
  const group = picture.byStep.get(look.chosen ?? '')?.of ?? layers[0]?.[0];
  return group === undefined ? null : { group, step: null };
}

function spotOf(target: EventTarget | null): Spot | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-spot]') : null;
  const group = element?.dataset.group;
  return group === undefined ? undefined : { group, step: element?.dataset.step ?? null };
}

function focus(plane: RefObject<HTMLElement | null>, spot: Spot): void {
  plane.current?.querySelector<HTMLElement>(`[data-spot="${CSS.escape(spotId(spot))}"]`)?.focus();
}
