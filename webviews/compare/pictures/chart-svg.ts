import type { Chart, ChartDataset, Scale } from 'chart.js';
import type { Line } from '../../shared/chart/lines.ts';
import type { ChartTheme } from '../../shared/theme.ts';
import { markPath, markPlaces } from '../charts/marks.ts';
import type { LegendEntry } from './sheet.ts';
import { sheet } from './sheet.ts';
import { pathAlong, tag, text } from './svg-text.ts';

/** What a chart shows now, as it stands on its canvas, in lines that can be made as large as one likes. */
export function chartSvg(
  chart: Chart,
  title: string,
  legend: readonly LegendEntry[],
  theme: ChartTheme,
  lines?: readonly Line[],
): string {
  const { left, top, width, height } = chart.chartArea;
  const clip = tag(
    'clipPath',
    { id: 'area' },
    tag('rect', { x: left - 4, y: top - 4, width: width + 8, height: height + 8 }),
  );
  const datasets = chart.data.datasets.map((dataset, at) => drawDataset(chart, dataset, at));
  const marks = lines?.map((line, at) => lineMarks(chart, line, at, lines.length));
  const body = [
    tag('defs', {}, clip),
    ...Object.values(chart.scales).flatMap((scale) => drawScale(chart, scale, theme)),
    tag('g', { 'clip-path': 'url(#area)', fill: 'none', 'stroke-linejoin': 'round' }, ...datasets, ...(marks ?? [])),
  ].join('');
  return sheet({ title, width: chart.width, height: chart.height, body, legend, theme });
}

function drawScale({ chartArea }: Chart, scale: Scale, theme: ChartTheme): string[] {
  const flat = scale.isHorizontal();
  const { left, right, top, bottom } = chartArea;
  const title = (scale.options as { title?: { display?: boolean; text?: string } }).title;
  const drawn = scale.ticks.flatMap(({ label }, at) => {
    const place = scale.getPixelForTick(at);
    const words = Array.isArray(label) ? label.join(' ') : String(label ?? '');
    return flat
      ? [text(words, { x: place, y: bottom + theme.fontSize + 4, 'text-anchor': 'middle', fill: theme.muted })]
      : [
          tag('path', { d: `M${left} ${place}H${right}`, stroke: theme.grid }),
          text(words, { x: left - 6, y: place + theme.fontSize / 3, 'text-anchor': 'end', fill: theme.muted }),
        ];
  });
  const edge = flat ? `M${left} ${bottom}H${right}` : `M${left} ${top}V${bottom}`;
  const named = title?.display && title.text ? [axisTitle(title.text, flat, chartArea, scale, theme)] : [];
  return [...drawn, tag('path', { d: edge, stroke: theme.grid }), ...named];
}

function axisTitle(words: string, flat: boolean, area: Chart['chartArea'], scale: Scale, theme: ChartTheme): string {
  const [x, y] = flat
    ? [(area.left + area.right) / 2, scale.bottom - 4]
    : [scale.left + theme.fontSize, (area.top + area.bottom) / 2];
  const transform = flat ? undefined : `rotate(-90 ${x} ${y})`;
  return text(words, { x, y, transform, 'text-anchor': 'middle', fill: theme.muted });
}

function drawDataset(chart: Chart, dataset: ChartDataset, at: number): string {
  const { type, data } = chart.getDatasetMeta(at);
  if (type === 'line') {
    const { borderColor, borderWidth, borderDash } = dataset as {
      borderColor: string;
      borderWidth: number;
      borderDash?: number[];
    };
    const dash = borderDash && borderDash.length > 0 ? borderDash.join(' ') : undefined;
    return tag('path', {
      d: pathAlong(data),
      stroke: borderColor,
      'stroke-width': borderWidth,
      'stroke-dasharray': dash,
    });
  }
  return data.map((element) => (type === 'bar' ? bar(element as never) : dot(element as never))).join('');
}

interface Bar {
  x: number;
  y: number;
  base: number;
  width: number;
  options: { backgroundColor: string; borderColor: string };
}

function bar({ x, y, base, width, options }: Bar): string {
  if (!Number.isFinite(y)) return '';
  const { backgroundColor, borderColor } = options;
  return tag('rect', {
    x: x - width / 2,
    y: Math.min(y, base),
    width,
    height: Math.abs(base - y),
    fill: backgroundColor,
    stroke: borderColor,
  });
}

interface Dot {
  x: number;
  y: number;
  options: { backgroundColor: string; borderColor: string; radius: number; pointStyle: Line['style']['marker'] };
}

function dot({ x, y, options }: Dot): string {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return '';
  const { backgroundColor, borderColor, radius, pointStyle } = options;
  const transform = `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
  return tag('path', { d: markPath(pointStyle, radius), transform, fill: backgroundColor, stroke: borderColor });
}

function lineMarks(chart: Chart, { style }: Line, at: number, lines: number): string {
  const { data } = chart.getDatasetMeta(chart.data.datasets.length - lines + at);
  const places = markPlaces(data.length, lines, at).map((place) => data[place]);
  const d = markPath(style.marker, 3);
  const marks = places.map((element) =>
    element && Number.isFinite(element.y)
      ? tag('path', { d, transform: `translate(${element.x.toFixed(1)} ${element.y.toFixed(1)})` })
      : '',
  );
  return tag('g', { fill: style.colour, stroke: style.colour }, ...marks);
}
