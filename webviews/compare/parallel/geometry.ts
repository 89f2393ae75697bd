import type { Item } from '../model/items.ts';
import type { Axis } from './axis.ts';

export interface Frame {
  width: number;
  height: number;
}

export const TOP = 14;
/** below the axes lies the place of runs without a value */
export const BOTTOM = 26;
const SIDE = 56;
const MISSING = 16;

export function axisX(at: number, count: number, { width }: Frame): number {
  return count < 2 ? width / 2 : SIDE + (at * (width - 2 * SIDE)) / (count - 1);
}

export function placeY(place: number | null, { height }: Frame): number {
  const foot = height - BOTTOM;
  return place === null ? foot + MISSING : foot - place * (foot - TOP);
}

/** The other way round: where on an axis a height is, from 0 to 1. */
export function placeAt(y: number, { height }: Frame): number {
  const foot = height - BOTTOM;
  return Math.min(1, Math.max(0, (foot - y) / (foot - TOP)));
}

export interface Trace {
  item: Item;
  places: { x: number; y: number }[];
}

/** `items` from the one at the bottom of a band to the one at its top, which is also drawn over the others. */
export function tracesOf(items: readonly Item[], axes: readonly Axis[], frame: Frame): Trace[] {
  const bands = axes.map((axis) => bandOf(axis, items.length, frame));
  return items.map((item, rank) => ({
    item,
    places: axes.map((axis, at) => {
      const place = axis.placeOf(axis.column.cells.get(item.id));
      const share = items.length > 1 ? rank / (items.length - 1) - 0.5 : 0;
      return { x: axisX(at, axes.length, frame), y: placeY(place, frame) - share * (bands[at] ?? 0) };
    }),
  }));
}

const WIDEST_BAND = 14;
/** fewer lines than these in one place can be told apart by their colours */
const CROWD = 3;

/** Where many runs have one of a few values, their lines lie side by side, not all under one: how many pixels they take. */
function bandOf({ placeOf, column }: Axis, runs: number, { height }: Frame): number {
  const places = new Set([...column.cells.values()].map(placeOf).filter((place) => place !== null));
  if (places.size === 0 || runs / places.size < CROWD) return 0;
  const sorted = [...places].sort((a, b) => a - b);
  const closest = sorted.reduce((least, place, at) => Math.min(least, at === 0 ? 1 : place - (sorted[at - 1] ?? 0)), 1);
  return Math.min(WIDEST_BAND, (closest * (height - TOP - BOTTOM)) / 2);
}

/** So far from a line it is still pointed at. */
const REACH = 12;

/** The run whose line passes closest to a place. */
export function traceAt(traces: readonly Trace[], x: number, y: number): string | null {
  let closest: string | null = null;
  let least = REACH;
  for (const { item, places } of traces) {
    const distance = Math.abs(heightAt(places, x) - y);
    if (distance < least) {
      least = distance;
      closest = item.id;
    }
  }
  return closest;
}

function heightAt(places: Trace['places'], x: number): number {
  const next = places.findIndex((place) => place.x >= x);
  const [before, after] = [places[next - 1], places[next]];
  if (!before || !after) return Number.NaN;
  return before.y + ((after.y - before.y) * (x - before.x)) / (after.x - before.x || 1);
}
