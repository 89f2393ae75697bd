import type { Scale, ScaleOptions, Tick } from 'chart.js';
import { formatDuration } from '../../../schemas/duration.ts';
import { formatClock, formatHourAndMinute, formatNumber, formatShort, formatTick } from '../format.ts';
import type { ChartTheme } from '../theme.ts';
import type { XAxis } from './lines.ts';

function base(theme: ChartTheme) {
  const font = { family: theme.fontFamily, size: theme.fontSize };
  return { grid: { color: theme.grid, drawTicks: false }, border: { color: theme.grid }, font };
}

export function valueAxis(
  theme: ChartTheme,
  scale: 'linear' | 'logarithmic',
  format?: (value: number) => string,
): ScaleOptions {
  const { grid, border, font } = base(theme);
  const callback = (value: string | number, _: number, ticks: Tick[]) =>
    format
      ? format(Number(value))
      : scale === 'linear'
        ? formatTick(Number(value), stepOf(ticks))
        : formatShort(Number(value));
  return { type: scale, grid, border, ticks: { color: theme.muted, font, maxTicksLimit: 6, padding: 6, callback } };
}

/** So much room a label needs at most, with what parts it from the next: `05:56:00 AM`, or a number. */
const CLOCK_WIDTH = 90;
const NUMBER_WIDTH = 60;

export function xAxis(theme: ChartTheme, kind: XAxis | 'moment'): ScaleOptions<'linear'> {
  const { grid, border, font } = base(theme);
  const callback = (value: string | number, index: number, ticks: Tick[]) => {
    const format = xFormat(kind, stepOf(ticks));
    const text = format(Number(value));
    // ticks closer than the format tells apart would say the same twice
    return index > 0 && format(ticks[index - 1]?.value ?? 0) === text ? '' : text;
  };
  // chart.js asks for it, though its types know numbers alone
  const room = kind === 'moment' ? CLOCK_WIDTH : NUMBER_WIDTH;
  const ticks = {
    color: theme.muted,
    font,
    maxTicksLimit: ({ chart }: { chart: { width: number } }) =>
      Math.min(7, Math.max(2, Math.floor(chart.width / room))),
    includeBounds: false,
    maxRotation: 0,
    padding: 4,
    callback,
  };
  return { type: 'linear', grid: { ...grid, display: false }, border, ticks } as unknown as ScaleOptions<'linear'>;
}

/** `step` is the distance of what stands side by side: moments within a minute need their seconds. */
export function xFormat(kind: XAxis | 'moment', step = 0): (x: number) => string {
  if (kind === 'time') return (x) => (x === 0 ? '0' : formatDuration(x * 1000));
  if (kind === 'moment') return step < 60_000 ? formatClock : formatHourAndMinute;
  return (x) => (Number.isInteger(x) ? formatNumber(x) : '');
}

function stepOf(ticks: Tick[]): number {
  return Math.abs((ticks[1]?.value ?? 1) - (ticks[0]?.value ?? 0)) || 1;
}

const LETTER_WIDTH = 7;
const FEW_LABELS = 8;

/** Few labels all stay, shortened to their share of the width; of many some are left out. The table has them whole. */
function shortLabel(this: Scale, _: string | number, index: number, ticks: Tick[]): string {
  const label = this.getLabelForValue(index);
  if (ticks.length > FEW_LABELS) return label;
  const letters = [...label];
  const room = Math.max(3, Math.floor(this.width / ticks.length / LETTER_WIDTH));
  return letters.length > room ? `${letters.slice(0, room - 1).join('')}…` : label;
}

export function labelAxis(theme: ChartTheme): ScaleOptions<'category'> {
  const { grid, border, font } = base(theme);
  const ticks = {
    color: theme.muted,
    font,
    maxRotation: 0,
    autoSkip: true,
    autoSkipPadding: 4,
    padding: 4,
    callback: shortLabel,
  };
  return { type: 'category', grid: { ...grid, display: false }, border, ticks } as ScaleOptions<'category'>;
}
