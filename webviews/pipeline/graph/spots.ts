import type { StepGroup } from '../../../schemas/pipelines/groups.ts';
import type { Place } from '../layout/index.ts';
import { columnsOf } from './boxes.ts';

/** What can be chosen: a step of crisol.yaml, or one of its variants. */
export type Spot = { group: string; step: string | null };

/** A step may be called like a variant of another. */
export function spotId({ group, step }: Spot): string {
  return step === null ? `step:${group}` : `variant:${group}:${step}`;
}

/** What keys go through. */
export interface Ways {
  /** from top to bottom, each line by line from left to right */
  layers: readonly (readonly string[])[];
  places: ReadonlyMap<string, Place>;
  byGroup: ReadonlyMap<string, StepGroup>;
  followers: ReadonlyMap<string, readonly string[]>;
  /** those whose variants lie there */
  spread: ReadonlySet<string>;
}

/** Where a key leads from a spot: up and down along the links, left and right beside each other, to the first and the last. */
export function spotAfter(key: string, spot: Spot, ways: Ways): Spot | undefined {
  const flat = ways.layers.flat();
  if (key === 'Home') return wholeOf(flat[0]);
  if (key === 'End') return wholeOf(flat.at(-1));
  const within = spot.step === null ? onHead(key, spot, ways) : amongVariants(key, spot.group, spot.step, ways);
  if (within !== undefined) return within ?? undefined;
  if (key === 'ArrowDown' || key === 'ArrowUp') return along(key, spot.group, ways);
  const by = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  return by === 0 ? undefined : wholeOf(flat[flat.indexOf(spot.group) + by]);
}

/** Along the links; what nothing waits for leads to those above and below it first. */
function along(key: 'ArrowDown' | 'ArrowUp', group: string, ways: Ways): Spot | undefined {
  const followers = ways.followers.get(group) ?? [];
  const by = key === 'ArrowDown' ? 1 : -1;
  const inColumn = followers.length === 0 ? inColumnOf(group, by, ways) : undefined;
  return inColumn ?? nearest(group, by === 1 ? followers : ways.byGroup.get(group)?.needs, ways);
}

function wholeOf(group: string | undefined): Spot | undefined {
  return group === undefined ? undefined : { group, step: null };
}

/** In a layer so wide that several stand in each of its columns. */
function inColumnOf(group: string, by: 1 | -1, { layers, places }: Ways): Spot | undefined {
  const middle = middleOf(places.get(group));
  const layer = layers.find((names) => names.includes(group)) ?? [];
  const column = layer.filter((name) => Math.abs(middleOf(places.get(name)) - middle) < 1);
  return wholeOf(column[column.indexOf(group) + by]);
}

/** Into the variants that lie in it. */
function onHead(key: string, { group }: Spot, ways: Ways): Spot | undefined {
  const first = ways.byGroup.get(group)?.steps[0];
  return key === 'ArrowDown' && first && ways.spread.has(group) && first.name !== group
    ? { group, step: first.name }
    : undefined;
}

/** Null: nothing lies there. Undefined: the way leads out. */
function amongVariants(key: string, group: string, step: string, { byGroup }: Ways): Spot | null | undefined {
  const steps = byGroup.get(group)?.steps ?? [];
  const columns = columnsOf(steps.length);
  const at = steps.findIndex(({ name }) => name === step);
  const moves: Record<string, number> = { ArrowDown: columns, ArrowUp: -columns, ArrowRight: 1, ArrowLeft: -1 };
  const by = moves[key];
  if (by === undefined) return null;
  const next = steps[at + by];
  if (next) return { group, step: next.name };
  if (key === 'ArrowUp') return { group, step: null };
  return key === 'ArrowDown' ? undefined : null;
}

/** Of those that are linked with it, the one that stands most nearly above or below it. */
function nearest(group: string, linked: readonly string[] | undefined, { places }: Ways): Spot | undefined {
  const middle = middleOf(places.get(group));
  const sorted = (linked ?? []).toSorted(
    (one, other) => Math.abs(middleOf(places.get(one)) - middle) - Math.abs(middleOf(places.get(other)) - middle),
  );
  return wholeOf(sorted[0]);
}

function middleOf(place: Place | undefined): number {
  return place ? place.x + place.width / 2 : 0;
}
