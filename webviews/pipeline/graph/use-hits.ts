import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Finding } from '../model/finding.ts';
import type { Plane } from './elements.ts';
import { elementOf, focus } from './elements.ts';
import { nextHit, shownSpots } from './seek.ts';
import type { Spot, Ways } from './spots.ts';

/** Shows the first step that is looked for. What it gives goes to it, and on to the next one or the one before. */
export function useHits(
  { words, hits }: Finding,
  ways: Ways,
  current: Spot | null,
  plane: Plane,
): (by: 1 | -1) => void {
  const gone = useRef('');
  const hitFrom = (by: 1 | 0 | -1) => (current && hits ? nextHit(current, by, shownSpots(ways), hits) : undefined);
  useLayoutEffect(() => {
    const first = hitFrom(0);
    if (first) elementOf(plane, first)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [words]);
  return (by) => {
    const isNew = gone.current !== words;
    gone.current = words;
    const hit = hitFrom(isNew && by === 1 ? 0 : by);
    if (hit) focus(plane, hit);
  };
}
