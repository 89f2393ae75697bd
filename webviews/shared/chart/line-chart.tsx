import { useSignalEffect } from '@preact/signals';
import type { ChartConfiguration, ChartDataset, ScaleOptions } from 'chart.js';
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { formatNumber } from '../format.ts';
import { isHighContrast } from '../palette.ts';
import type { ChartTheme } from '../theme.ts';
import { theme } from '../theme.ts';
import { valueAxis, xAxis, xFormat } from './axes.ts';
import type { FigureProps } from './figure.tsx';
import { Figure } from './figure.tsx';
import { drawSoon } from './frames.ts';
import { hoverX } from './hover.ts';
import type { Line, LinePoint, XAxis } from './lines.ts';
import { extent, neighbour, tableRows } from './lines.ts';
import { Readout } from './readout.tsx';
import { Chart } from './setup.ts';
import { useChart } from './use-chart.ts';

export interface LineChartProps extends Omit<FigureProps, 'table' | 'children'> {
  lines: Line[];
  x: XAxis | 'moment';
  logarithmic?: boolean;
  format?: (value: number) => string;
  /** keeps the y axis from zooming into noise */
  range?: { min: number; max: number };
}

export function LineChart(props: LineChartProps): VNode {
  const { lines, x, title, format = formatNumber } = props;
  const canvas = useChart(() => configure(props, theme.value), [lines, x, props.logarithmic, props.large, theme.value]);
  const drawn = useRef<number | null>(null);
  useSignalEffect(() => {
    const at = hoverX.value;
    const chart = canvas.current ? Chart.getChart(canvas.current) : undefined;
    if (chart && drawn.current !== at) drawSoon(chart, () => chart.ctx && chart.draw());
    drawn.current = at;
  });
  const table = () => ({
    head: [x === 'step' ? 'Step' : 'Time', ...lines.map(({ name }) => name)],
    rows: tableRows(lines).map((row) => [
      x === 'step' ? String(row.x) : xFormat(x)(row.x),
      ...row.values.map((value) => (value === undefined ? '' : format(value))),
    ]),
  });
  const names = lines.map(({ name }) => name).join(', ');
  return (
    <Figure {...props} table={table}>
      <canvas
        ref={canvas}
        tabIndex={0}
        role="img"
        aria-label={`${title}: line chart of ${names}. Arrow keys read its points.`}
        onPointerLeave={() => {
          hoverX.value = null;
        }}
        onBlur={() => {
          hoverX.value = null;
        }}
        onKeyDown={(event) => moveByKey(event, lines)}
      />
      <Readout lines={lines} x={x} format={format} />
    </Figure>
  );
}

function moveByKey(event: KeyboardEvent, lines: Line[]): void {
  const moves: Record<string, () => number | null> = {
    ArrowRight: () => neighbour(lines, hoverX.value, 1),
    ArrowLeft: () => neighbour(lines, hoverX.value, -1),
    Home: () => neighbour(lines, null, 1),
    End: () => neighbour(lines, null, -1),
    Escape: () => null,
  };
  const move = moves[event.key];
  if (!move) return;
  event.preventDefault();
  hoverX.value = move();
}

function configure(props: LineChartProps, look: ChartTheme): ChartConfiguration {
  const { lines, x, logarithmic } = props;
  const positive = (points: LinePoint[]) =>
    logarithmic ? points.map((point) => (point.y > 0 ? point : { x: point.x, y: Number.NaN })) : points;
  const datasets = lines.flatMap((line) => [
    ...(line.raw ? [rawDataset(positive(line.raw), line)] : []),
    dataset(positive(line.points), line, isHighContrast(look.kind) ? 2 : 1.5),
  ]);
  return {
    type: 'line',
    data: { datasets },
    options: {
      parsing: false,
      normalized: true,
      events: ['mousemove'],
      layout: { padding: { top: 6, right: 8 } },
      scales: { x: { ...xAxis(look, x), ...extent(lines) }, y: yAxis(props, look) },
      plugins: { tooltip: { enabled: false }, crosshair: { shown: true } },
      onHover: (event, _, chart) => {
        const at = chart.scales.x?.getValueForPixel(event.x ?? 0);
        if (at !== undefined) hoverX.value = at;
      },
    },
  };
}

function yAxis({ logarithmic, range, format }: LineChartProps, look: ChartTheme): ScaleOptions<'linear'> {
  const axis = valueAxis(look, logarithmic ? 'logarithmic' : 'linear', format) as ScaleOptions<'linear'>;
  return range ? { ...axis, ...range, ticks: { ...axis.ticks, stepSize: (range.max - range.min) / 2 } } : axis;
}

/** Enough marks to tell lines apart, not so many that they hide them. */
const MARKS = 10;

function dataset(points: LinePoint[], { style }: Line, borderWidth: number): ChartDataset {
  const every = Math.ceil(points.length / MARKS);
  return {
    type: 'line',
    data: points,
    borderColor: style.colour,
    backgroundColor: style.colour,
    borderDash: style.dash,
    borderWidth,
    pointStyle: style.marker,
    pointRadius: points.map((_, at) => (points.length <= 2 * MARKS || at % every === 0 ? 2.5 : 0)),
    pointHoverRadius: 0,
    pointBorderWidth: 1.5,
    spanGaps: false,
    clip: 6,
  };
}

function rawDataset(points: LinePoint[], { style }: Line): ChartDataset {
  const faint = `${style.colour}55`;
  return { type: 'line', data: points, borderColor: faint, borderWidth: 1, pointRadius: 0, pointHoverRadius: 0 };
}
