import type { ScaleOptions } from 'chart.js';
import { formatDuration, formatNumber } from '../format.ts';
import type { ChartTheme } from '../theme.ts';
import type { XAxis } from './lines.ts';

function base(theme: ChartTheme) {
  const font = { family: theme.fontFamily, size: theme.fontSize };
  return { grid: { color: theme.grid, drawTicks: false }, border: { color: theme.grid }, font };
}

export function valueAxis(
  theme: ChartTheme,
  scale: 'linear' | 'logarithmic',
  format: (value: number) => string = formatNumber,
): ScaleOptions {
  const { grid, border, font } = base(theme);
  const callback = (value: string | number) => format(Number(value));
  return { type: scale, grid, border, ticks: { color: theme.muted, font, maxTicksLimit: 6, padding: 6, callback } };
}

export function xAxis(theme: ChartTheme, kind: XAxis | 'moment', format = xFormat(kind)): ScaleOptions<'linear'> {
  const { grid, border, font } = base(theme);
  const callback = (value: string | number) => format(Number(value));
  const ticks = { color: theme.muted, font, maxTicksLimit: 7, maxRotation: 0, padding: 4, callback };
  return { type: 'linear', grid: { ...grid, display: false }, border, bounds: 'data', ticks } as ScaleOptions<'linear'>;
}

export function xFormat(kind: XAxis | 'moment'): (x: number) => string {
  if (kind === 'time') return (x) => formatDuration(x * 1000);
  if (kind === 'moment')
    return (x) => new Date(x).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  return (x) => (Number.isInteger(x) ? formatNumber(x) : '');
}

export function labelAxis(theme: ChartTheme): ScaleOptions<'category'> {
  const { grid, border, font } = base(theme);
  const ticks = { color: theme.muted, font, maxRotation: 0, autoSkip: true, autoSkipPadding: 8, padding: 4 };
  return { type: 'category', grid: { ...grid, display: false }, border, ticks } as ScaleOptions<'category'>;
}
