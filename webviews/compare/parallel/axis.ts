import { naturally } from '../../../schemas/natural-order.ts';
import { formatShort } from '../../shared/format.ts';
import type { Brush } from '../model/brushes.ts';
import type { Cell, Column } from '../model/columns.ts';

export interface Axis {
  column: Column;
  logarithmic: boolean;
  /** 0 at the foot, 1 at the head; null where a run has no value */
  placeOf(cell: Cell): number | null;
  ticks: { place: number; label: string }[];
  /** what is wanted when this stretch is marked; null when that is everything or nothing */
  brushOf(from: number, to: number): Brush | null;
  /** the stretch that shows a brush */
  stretchOf(brush: Brush): [number, number];
  /** how far one key press moves the end of a stretch */
  step: number;
}

/** Positive numbers over more than two powers of ten lie evenly on a logarithmic axis: learning rates do. */
const LOGARITHMIC_FROM = 100;

export function axisOf(column: Column): Axis {
  return column.numeric ? numberAxis(column) : wordAxis(column);
}

function numberAxis(column: Column): Axis {
  const values = [...column.cells.values()].filter(
    (cell) => typeof cell === 'number' && Number.isFinite(cell),
  ) as number[];
  let min = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  let max = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  if (values.length === 0) [min, max] = [0, 1];
  const logarithmic = min > 0 && max / min >= LOGARITHMIC_FROM;
  const bend = logarithmic ? Math.log10 : (value: number) => value;
  const unbend = logarithmic ? (value: number) => 10 ** value : (value: number) => value;
  const [low, high] = max > min ? [bend(min), bend(max)] : [bend(min) - 0.5, bend(max) + 0.5];
  const placeOf = (value: number) => (bend(value) - low) / (high - low);
  const marks = logarithmic ? powers(min, max) : niceNumbers(min, max);
  return {
    column,
    logarithmic,
    placeOf: (cell) => (typeof cell === 'number' && Number.isFinite(cell) ? placeOf(cell) : null),
    ticks: marks.map((value) => ({ place: placeOf(value), label: formatShort(value) })),
    brushOf: (from, to) => {
      if (from <= 0 && to >= 1) return null;
      // what lies at the very ends is meant too, however the arithmetic rounds
      const [lower, upper] = [unbend(low + from * (high - low)), unbend(low + to * (high - low))];
      return { from: from <= 0 ? min : lower, to: to >= 1 ? max : upper };
    },
    stretchOf: (brush) =>
      'words' in brush ? [0, 1] : [placeOf(Math.max(min, brush.from)), placeOf(Math.min(max, brush.to))],
    step: 0.05,
  };
}

function wordAxis(column: Column): Axis {
  const words = [...new Set([...column.cells.values()].filter((cell) => cell !== undefined).map(String))];
  words.sort(naturally);
  const places = new Map(words.map((word, at) => [word, words.length > 1 ? at / (words.length - 1) : 0.5]));
  const half = words.length > 1 ? 0.5 / (words.length - 1) : 0.5;
  return {
    column,
    logarithmic: false,
    placeOf: (cell) => (cell === undefined ? null : (places.get(String(cell)) ?? null)),
    ticks: words.map((word) => ({ place: places.get(word) ?? 0, label: word })),
    brushOf: (from, to) => {
      const marked = words.filter((word) => (places.get(word) ?? 0) >= from && (places.get(word) ?? 0) <= to);
      return marked.length === words.length || marked.length === 0 ? null : { words: marked };
    },
    stretchOf: (brush) => {
      const marked = 'words' in brush ? brush.words.flatMap((word) => places.get(word) ?? []) : [];
      if (marked.length === 0) return [0, 1];
      return [Math.max(0, Math.min(...marked) - half), Math.min(1, Math.max(...marked) + half)];
    },
    step: words.length > 1 ? 1 / (words.length - 1) : 1,
  };
}

/** Round numbers, about five, and both ends. */
function niceNumbers(min: number, max: number): number[] {
  if (!(max > min)) return [min];
  const rough = (max - min) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10) * power;
  const found = [min];
  for (let at = Math.ceil(min / step); at * step < max; at++) {
    const value = Number((at * step).toPrecision(12));
    // not so near to an end that their labels would touch
    if (value - min > step / 3 && max - value > step / 3) found.push(value);
  }
  return [...found, max];
}

function powers(min: number, max: number): number[] {
  const found = [min];
  for (let power = Math.ceil(Math.log10(min)); power <= Math.log10(max); power++) {
    const value = 10 ** power;
    if (value / min > 2 && max / value > 2) found.push(value);
  }
  return [...found, max];
}
