import type { Brush } from './model/brushes.ts';

export type CompareX = 'step' | 'time' | 'relative';
export type Range = [number, number];

/** How a person arranged the panel. */
export interface CompareLook {
  tab: string;
  filter: string;
  x: CompareX;
  logX: boolean;
  logY: boolean;
  /** from 0 to 0.99 */
  smoothing: number;
  /** what is zoomed to: x together, y in each chart by itself */
  xRange: Range | null;
  yRanges: Record<string, Range>;
  /** the metric that is drawn large */
  large: string | null;
  /** the run that others are compared with; null: the oldest */
  baseline: string | null;
  /** the run that is held against the baseline; null: the next one */
  other: string | null;
  /** columns of the parallel coordinates in their order; null: those that differ */
  axes: string[] | null;
  brushes: Record<string, Brush>;
  colourBy: string | null;
  /** what the curves are coloured by; null: each run its own */
  curvesBy: string | null;
  scatterX: string | null;
  scatterY: string | null;
  barsOf: string | null;
  onlyDifferences: boolean;
  sort: { column: string; descending: boolean } | null;
}

export const DEFAULT_LOOK: CompareLook = {
  tab: 'charts',
  filter: '',
  x: 'step',
  logX: false,
  logY: false,
  smoothing: 0,
  xRange: null,
  yRanges: {},
  large: null,
  baseline: null,
  other: null,
  axes: null,
  brushes: {},
  colourBy: null,
  curvesBy: null,
  scatterX: null,
  scatterY: null,
  barsOf: null,
  onlyDifferences: true,
  sort: null,
};

/** A time of day has no beginning that a logarithm could count from. */
export function isLogX({ logX, x }: Pick<CompareLook, 'logX' | 'x'>): boolean {
  return logX && x !== 'time';
}
