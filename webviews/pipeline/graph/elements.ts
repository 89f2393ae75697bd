import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { Spot } from './spots.ts';
import { spotId } from './spots.ts';

export type Plane = RefObject<HTMLElement | null>;

export function spotOf(target: EventTarget | null): Spot | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-spot]') : null;
  const group = element?.dataset.group;
  return group === undefined ? undefined : { group, step: element?.dataset.step ?? null };
}

export function elementOf(plane: Plane, spot: Spot): HTMLElement | null | undefined {
  return plane.current?.querySelector<HTMLElement>(`[data-spot="${CSS.escape(spotId(spot))}"]`);
}

export function focus(plane: Plane, spot: Spot): void {
  elementOf(plane, spot)?.focus();
}

/** Where what had the focus is there no more, the focus goes to another spot, not to the page. */
export function useFocusKept(plane: Plane, other: Spot | null): void {
  const wasHere = plane.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    if (wasHere && other && document.activeElement === document.body) focus(plane, other);
  });
}
