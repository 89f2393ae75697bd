import type { ChartTheme } from '../../shared/theme.ts';
import { sheet } from '../pictures/sheet.ts';
import { pathAlong, tag, text } from '../pictures/svg-text.ts';
import type { Axis } from './axis.ts';
import type { Frame, Trace } from './geometry.ts';
import { axisX, placeY } from './geometry.ts';

const HEADS = 24;
const LABEL_LETTERS = 18;

export interface ParallelPicture {
  axes: readonly Axis[];
  traces: readonly Trace[];
  colourOf: (trace: Trace) => string;
  frame: Frame;
  theme: ChartTheme;
  title: string;
}

/** The parallel coordinates as they are on the screen. */
export function parallelSvg({ axes, traces, colourOf, frame, theme, title }: ParallelPicture): string {
  const lines = traces.map((trace) =>
    tag('path', { d: pathAlong(trace.places), stroke: colourOf(trace), 'stroke-opacity': 0.8 }),
  );
  const body = [
    tag(
      'g',
      { transform: `translate(0 ${HEADS})` },
      tag('g', { fill: 'none', 'stroke-width': 1.5 }, ...lines),
      ...axes.map((axis, at) => drawAxis(axis, axisX(at, axes.length, frame), frame, theme)),
    ),
  ].join('');
  return sheet({ title, width: frame.width, height: frame.height + HEADS, body, legend: [], theme });
}

function drawAxis({ column, ticks }: Axis, x: number, frame: Frame, theme: ChartTheme): string {
  const [head, foot] = [placeY(1, frame), placeY(0, frame)];
  return [
    tag('path', { d: `M${x} ${head}V${foot}`, stroke: theme.foreground }),
    text(column.name, { x, y: -6, 'text-anchor': 'middle', fill: theme.foreground, 'font-weight': 'bold' }),
    ...ticks.map(({ place, label }) =>
      text(shortened(label), {
        x: x + 6,
        y: placeY(place, frame) + 4,
        fill: theme.foreground,
        stroke: theme.background,
        'stroke-width': 3,
        'paint-order': 'stroke',
      }),
    ),
  ].join('');
}

export function shortened(label: string): string {
  const letters = [...label];
  return letters.length > LABEL_LETTERS ? `${letters.slice(0, LABEL_LETTERS - 1).join('')}…` : label;
}
