import type { ThemeKind } from '../../shared/palette.ts';
import { isDark, lineStyle } from '../../shared/palette.ts';
import { axisOf } from '../parallel/axis.ts';
import type { Cell, Column } from './columns.ts';
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

/** of what has no value; clear on light and dark alike */
const NONE = '#808080';

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
  /** half of the runs lie below it, where colours are even in the number of runs */
  middle?: number;
  max: number;
  /** of a column of words: what each stands for */
  words: { word: string; colour: string }[];
}

/** More words than this have no colours that can be told apart. */
export const MOST_WORDS = 8;

export function canColour(column: Column): boolean {
  return column.numeric || wordsIn(column).length <= MOST_WORDS;
}

/** Colours by a column; runs without a value there are grey. */
export function colourScale(column: Column, items: readonly Item[], kind: ThemeKind): ColourScale {
  if (!column.numeric) return wordScale(column, kind);
  const values = items.map(({ id }) => numberIn(column, id)).filter(Number.isFinite);
  const sorted = Float64Array.from(values).sort();
  const { placeOf } = axisOf(column);
  const place = column.kind === 'metric' ? rankOf(sorted) : placeOf;
  const colourOf = ({ id }: Item) => {
    const share = place(column.cells.get(id));
    return share === null ? NONE : scaleColour(share, kind);
  };
  // of two runs none is in the middle
  const hasMiddle = column.kind === 'metric' && sorted.length > 2;
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  return { colourOf, min: at(0), middle: hasMiddle ? at(0.5) : undefined, max: at(1), words: [] };
}

/** Results are told apart by how many runs are worse: a few runs that failed would leave one colour for all others. */
function rankOf(sorted: Float64Array): (cell: Cell) => number | null {
  const ranks = new Map<number, number>();
  for (const [at, value] of sorted.entries()) if (!ranks.has(value)) ranks.set(value, at);
  return (cell) => {
    const rank = typeof cell === 'number' ? ranks.get(cell) : undefined;
    return rank === undefined ? null : sorted.length > 1 ? rank / (sorted.length - 1) : 0.5;
  };
}

/** The runs, their lines in the colours of a column; those colours say enough, so that no line is dashed. */
export function coloured(items: readonly Item[], by: Column, kind: ThemeKind): Item[] {
  const { colourOf } = colourScale(by, items, kind);
  return items.map((item) => ({ ...item, style: { ...item.style, colour: colourOf(item), dash: [] } }));
}

function wordScale(column: Column, kind: ThemeKind): ColourScale {
  const words = wordsIn(column).map((word, at) => ({ word, colour: lineStyle(at, kind).colour }));
  const colours = new Map(words.map(({ word, colour }) => [word, colour]));
  const colourOf = ({ id }: Item) => colours.get(String(column.cells.get(id))) ?? NONE;
  return { colourOf, min: Number.NaN, max: Number.NaN, words };
}

function wordsIn(column: Column): string[] {
  return axisOf(column).ticks.map(({ label }) => label);
}

function mix(from: string, to: string, share: number): string {
  const part = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  const parts = [1, 3, 5].map((at) => Math.round(part(from, at) + (part(to, at) - part(from, at)) * share));
  return `#${parts.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
