import { variantLabel } from '../../../schemas/pipelines/standing.ts';
import { isSpread } from './boxes.ts';
import type { Spot, Ways } from './spots.ts';
import { spotId } from './spots.ts';

interface Shown extends Spot {
  /** what stands on it */
  label: string;
  /** names of the steps that it stands for */
  names: readonly string[];
}

/** All that can have the focus, in the order in which it is read. */
export function shownSpots({ layers, byGroup, spread }: Pick<Ways, 'layers' | 'byGroup' | 'spread'>): Shown[] {
  return layers.flat().flatMap((name) => {
    const group = byGroup.get(name);
    if (!group) return [];
    const isOpen = isSpread(group, spread);
    const head = { group: name, step: null, label: name, names: isOpen ? [] : group.steps.map((step) => step.name) };
    const variants = group.steps.map((step) => ({
      group: name,
      step: step.name,
      label: variantLabel(step),
      names: [step.name],
    }));
    return isOpen ? [head, ...variants] : [head];
  });
}

/** The next one whose name begins with what was typed, after the spot or on it; after the last comes the first. */
export function typedSpot(typed: string, from: Spot, shown: readonly Shown[]): Spot | undefined {
  // the same letter again and again goes from one to the next
  const isOne = new Set(typed).size === 1;
  const wanted = isOne ? typed.slice(0, 1) : typed;
  return following(from, isOne ? 1 : 0, shown, ({ label }) => label.toLowerCase().startsWith(wanted));
}

/** The next that is looked for, or the one before. */
export function nextHit(
  from: Spot,
  by: 1 | 0 | -1,
  shown: readonly Shown[],
  hits: ReadonlySet<string>,
): Spot | undefined {
  return following(from, by, shown, ({ names }) => names.some((name) => hits.has(name)));
}

function following(from: Spot, by: 1 | 0 | -1, shown: readonly Shown[], isWanted: (one: Shown) => boolean) {
  const at = Math.max(
    0,
    shown.findIndex((one) => spotId(one) === spotId(from)),
  );
  const start = by === 1 ? at + 1 : at;
  const round = [...shown.slice(start), ...shown.slice(0, start)];
  return by === -1 ? round.findLast(isWanted) : round.find(isWanted);
}
