import type { ChartConfiguration } from 'chart.js';
import type { VNode } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { labelAxis, valueAxis } from '../../shared/chart/axes.ts';
import { Figure } from '../../shared/chart/figure.tsx';
import { useChart } from '../../shared/chart/use-chart.ts';
import type { ChartTheme } from '../../shared/theme.ts';
import { theme } from '../../shared/theme.ts';
import type { CompareHost } from '../context.ts';
import { cellText, tableText } from '../model/cells.ts';
import type { Column } from '../model/columns.ts';
import { numberIn } from '../model/columns.ts';
import type { Item } from '../model/items.ts';
import { axisOf } from '../parallel/axis.ts';
import { chartSvg } from '../pictures/chart-svg.ts';
import { SaveMenu } from '../pictures/save-menu.tsx';
import { hoverLine } from './hover-line.ts';
import { RunsCanvas } from './runs-canvas.tsx';
import { Chart } from './setup.ts';

export interface ScatterProps {
  items: Item[];
  x: Column;
  y: Column;
  colourOf: (item: Item) => string;
  host: CompareHost;
}

/** A point a run. A param of words has a place for each of them. */
export function ScatterChart(props: ScatterProps): VNode {
  const { items, x, y, host } = props;
  const title = `${y.name} by ${x.name}`;
  // from left to right: arrow keys go that way
  const points = useMemo(() => pointsOf(props), [items, x, y]);
  const latest = useRef(points);
  latest.current = points;
  const pointed = hoverLine.value;
  const canvas = useChart(
    () =>
      configure(props, points, pointed, theme.value, (at) => {
        hoverLine.value = at === undefined ? null : (latest.current[at]?.item.id ?? null);
      }),
    [points, props.colourOf, pointed, theme.value],
  );
  const chart = () => (canvas.current ? Chart.getChart(canvas.current) : undefined);
  const point = points.find(({ item }) => item.id === pointed);
  const table = () => ({
    head: ['Run', x.name, y.name],
    rows: points.map(({ item }) => [item.name, cellText(x.cells.get(item.id)), cellText(y.cells.get(item.id))]),
  });
  const svg = () => {
    const drawn = chart();
    return drawn && chartSvg(drawn, title, [], theme.peek());
  };
  return (
    <Figure
      title={title}
      large
      facts={
        <span role="status">
          {point
            ? `${point.item.name}: ${x.name} ${cellText(x.cells.get(point.item.id))}, ${y.name} ${tableText(y, y.cells.get(point.item.id))}`
            : `${points.length} of ${items.length} runs have both`}
        </span>
      }
      table={table}
      actions={<SaveMenu title={title} host={host} svg={svg} table={table} />}
    >
      <RunsCanvas
        canvas={canvas}
        ids={points.map(({ item }) => item.id)}
        label={`Scatter of ${title}: ${points.length} runs.`}
        host={host}
      />
    </Figure>
  );
}

interface ScatterPoint {
  item: Item;
  x: number;
  y: number;
}

function pointsOf({ items, x, y }: ScatterProps): ScatterPoint[] {
  const words = x.numeric ? [] : axisOf(x).ticks.map(({ label }) => label);
  const place = (id: string) => (x.numeric ? numberIn(x, id) : words.indexOf(String(x.cells.get(id))));
  const placed = items.map((item) => ({ item, x: place(item.id), y: numberIn(y, item.id) }));
  const there = placed.filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y));
  return there.filter((point) => x.numeric || point.x >= 0).sort((a, b) => a.x - b.x || a.y - b.y);
}

function configure(
  { x, y, colourOf }: ScatterProps,
  points: readonly ScatterPoint[],
  pointed: string | null,
  look: ChartTheme,
  onPoint: (at: number | undefined) => void,
): ChartConfiguration {
  const title = (text: string) => ({ display: true, text, color: look.muted });
  const numberAxis = (column: Column) => valueAxis(look, axisOf(column).logarithmic ? 'logarithmic' : 'linear');
  const words = x.numeric ? [] : axisOf(x).ticks.map(({ label }) => label);
  const colours = points.map(({ item }) => colourOf(item));
  return {
    type: 'scatter',
    data: {
      labels: words,
      datasets: [
        {
          data: points.map((point) => ({ x: point.x, y: point.y })),
          backgroundColor: colours.map((colour) => `${colour}99`),
          borderColor: points.map(({ item }, at) => (item.id === pointed ? look.foreground : colours[at])),
          pointStyle: points.map(({ item }) => item.style.marker),
          pointRadius: points.map(({ item }) => (item.id === pointed ? 8 : 4)),
          pointHoverRadius: points.map(({ item }) => (item.id === pointed ? 8 : 4)),
          pointBorderWidth: 1.5,
        },
      ],
    },
    options: {
      events: ['mousemove'],
      layout: { padding: { top: 8, right: 12 } },
      scales: {
        x: { ...(x.numeric ? numberAxis(x) : labelAxis(look)), offset: !x.numeric, title: title(x.name) },
        y: { ...numberAxis(y), title: title(y.name) },
      } as never,
      plugins: { tooltip: { enabled: false }, crosshair: { shown: false } },
      interaction: { mode: 'nearest', intersect: false },
      onHover: (_, elements) => onPoint(elements[0]?.index),
    },
  };
}
