import type { ChartConfiguration, ChartDataset, ScaleOptions } from 'chart.js';
import { valueAxis, xAxis, xFormat } from '../../shared/chart/axes.ts';
import type { Line, LinePoint } from '../../shared/chart/lines.ts';
import { extent } from '../../shared/chart/lines.ts';
import { formatShort } from '../../shared/format.ts';
import { isHighContrast } from '../../shared/palette.ts';
import type { ChartTheme } from '../../shared/theme.ts';
import type { CompareX, Range } from '../look.ts';
import { niceTicks } from './nice-ticks.ts';

export interface CurveLook {
  x: CompareX;
  logX: boolean;
  logY: boolean;
  xRange: Range | null;
  yRange: Range | null;
}

export type ZoomedTo = (x: Range, y: Range) => void;

/** The kinds of x axes by the names that the shared charts give them. */
export const AXIS_KIND = { step: 'step', relative: 'time', time: 'moment' } as const;

export function xText(x: CompareX): (value: number) => string {
  if (x !== 'step') return xFormat(AXIS_KIND[x]);
  return (value) => formatShort(Math.round(value));
}

/** A line chart that is zoomed with drag, wheel and keys. Nothing is resolved point by point: it has tens of thousands. */
export function curveConfig(
  lines: readonly Line[],
  look: CurveLook,
  theme: ChartTheme,
  onZoom: ZoomedTo,
  kept: KeptDatasets,
): ChartConfiguration {
  const width = isHighContrast(theme.kind) ? 2 : lines.length > 40 ? 1 : 1.5;
  const positive = (points: LinePoint[]) =>
    look.logY ? points.map((point) => (point.y > 0 ? point : { x: point.x, y: Number.NaN })) : points;
  const datasets = [
    ...lines.flatMap(({ id, raw, style }) =>
      raw ? [datasetOf(kept, `raw ${id}`, { ...PLAIN, data: positive(raw), borderColor: `${style.colour}40` })] : [],
    ),
    ...lines.map(({ id, points, style }) => {
      const look = { borderColor: style.colour, borderDash: style.dash, borderWidth: width };
      return datasetOf(kept, id, { ...PLAIN, ...look, data: positive(points) });
    }),
  ];
  return {
    type: 'line',
    data: { datasets },
    options: {
      parsing: false,
      normalized: true,
      events: [],
      layout: { padding: { top: 6, right: 8 } },
      scales: { x: horizontal(lines, look, theme), y: vertical(look, theme) },
      plugins: { tooltip: { enabled: false }, crosshair: { shown: false }, zoom: zooming(theme, onZoom) },
    },
  };
}

const PLAIN = {
  type: 'line',
  borderWidth: 1,
  pointRadius: 0,
  pointHitRadius: 0,
  pointHoverRadius: 0,
  spanGaps: false,
  clip: 2,
} as const;

/** Chart.js knows a line by its object: a new one would have all of its points made anew. */
export type KeptDatasets = Map<string, ChartDataset>;

function datasetOf(kept: KeptDatasets, key: string, now: ChartDataset): ChartDataset {
  const dataset = Object.assign(kept.get(key) ?? {}, now);
  kept.set(key, dataset);
  return dataset;
}

function horizontal(lines: readonly Line[], { x, logX, xRange }: CurveLook, theme: ChartTheme): ScaleOptions<'linear'> {
  const range = xRange ? { min: xRange[0], max: xRange[1] } : extent(lines);
  const axis = xAxis(theme, AXIS_KIND[x]);
  if (!logX) return { ...axis, ...range };
  const ticks = { ...axis.ticks, callback: (value: string | number) => formatShort(Number(value)) };
  return { ...axis, ...range, ticks, type: 'logarithmic' } as never;
}

function vertical({ logY, yRange }: CurveLook, theme: ChartTheme): ScaleOptions<'linear'> {
  const axis = valueAxis(theme, logY ? 'logarithmic' : 'linear') as ScaleOptions<'linear'>;
  const ends = yRange ? { min: yRange[0], max: yRange[1] } : { bounds: 'data' as const, grace: '4%' };
  if (logY) return { ...axis, ...(yRange ? ends : {}) };
  return {
    ...axis,
    ...ends,
    afterBuildTicks: (scale) => {
      scale.ticks = niceTicks(scale.min, scale.max).map((value) => ({ value }));
    },
  };
}

function zooming(theme: ChartTheme, onZoom: ZoomedTo) {
  const tell = ({ chart }: { chart: { scales: Record<string, { min: number; max: number }> } }) => {
    const { x, y } = chart.scales;
    if (x && y) onZoom([x.min, x.max], [y.min, y.max]);
  };
  return {
    zoom: {
      mode: 'xy' as const,
      scaleMode: 'xy' as const,
      // the wheel alone scrolls the page
      wheel: { enabled: true, modifierKey: 'ctrl' as const, speed: 0.15 },
      pinch: { enabled: true },
      drag: {
        enabled: true,
        threshold: 6,
        backgroundColor: `${theme.foreground.slice(0, 7)}22`,
        borderColor: theme.foreground,
        borderWidth: 1,
      },
      onZoomComplete: tell,
    },
    pan: { enabled: true, mode: 'xy' as const, modifierKey: 'shift' as const, onPanComplete: tell },
  };
}
