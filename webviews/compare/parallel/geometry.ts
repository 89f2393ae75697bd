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

export function tracesOf(items: readonly Item[], axes: readonly Axis[], frame: Frame): Trace[] {
  return items.map((item) => ({
    item,
    places: axes.map((axis, at) => ({
      x: axisX(at, axes.length, frame),
      y: placeY(axis.placeOf(axis.column.cells.get(item.id)), frame),
    })),
  }));
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
