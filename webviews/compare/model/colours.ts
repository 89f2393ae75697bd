import type { ThemeKind } from '../../shared/palette.ts';
import { isDark } from '../../shared/palette.ts';
import type { Column } from './columns.ts';
import { numberIn } from './columns.ts';
import type { Item } from './items.ts';

// Viridis: even steps to every eye, also the colour-blind's; without its end that vanishes on the background.
const VIRIDIS = [
  '#440154',
  '#482878',
  '#3e4989',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6ece58',
  '#b5de2b',
  '#fde725',
];
const ON_DARK = VIRIDIS.slice(3);
const ON_LIGHT = VIRIDIS.slice(0, 7);

/** Of how much something is, from 0 to 1. */
export function scaleColour(share: number, kind: ThemeKind): string {
  const stops = isDark(kind) ? ON_DARK : ON_LIGHT;
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const at = Math.min(stops.length - 2, Math.floor(place));
  return mix(stops[at] ?? '#808080', stops[at + 1] ?? '#808080', place - at);
}

export function scaleStops(kind: ThemeKind): string[] {
  return isDark(kind) ? ON_DARK : ON_LIGHT;
}

export interface ColourScale {
  colourOf(item: Item): string;
  min: number;
  max: number;
}

/** Colours by a column's numbers; those without one are grey. */
export function colourScale(column: Column, items: readonly Item[], kind: ThemeKind, none: string): ColourScale {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { id } of items) {
    const value = numberIn(column, id);
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const colourOf = ({ id }: Item) => {
    const value = numberIn(column, id);
    return Number.isFinite(value) ? scaleColour(max > min ? (value - min) / (max - min) : 0.5, kind) : none;
  };
  return { colourOf, min, max };
}

function mix(from: string, to: string, share: number): string {
  const part = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  const parts = [1, 3, 5].map((at) => Math.round(part(from, at) + (part(to, at) - part(from, at)) * share));
  return `#${parts.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
