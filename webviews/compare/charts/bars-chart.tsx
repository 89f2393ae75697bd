import type { ChartConfiguration } from 'chart.js';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { goalOf } from '../../../schemas/metric-goal.ts';
import { labelAxis, valueAxis } from '../../shared/chart/axes.ts';
import { Figure } from '../../shared/chart/figure.tsx';
import { useChart } from '../../shared/chart/use-chart.ts';
import type { ChartTheme } from '../../shared/theme.ts';
import { theme } from '../../shared/theme.ts';
import type { CompareHost } from '../context.ts';
import { tableText } from '../model/cells.ts';
import type { Column } from '../model/columns.ts';
import { numberIn } from '../model/columns.ts';
import type { Item } from '../model/items.ts';
import { chartSvg } from '../pictures/chart-svg.ts';
import { SaveMenu } from '../pictures/save-menu.tsx';
import { hoverLine } from './hover-line.ts';
import { RunsCanvas } from './runs-canvas.tsx';
import { Chart } from './setup.ts';

export interface BarsProps {
  items: Item[];
  column: Column;
  baseline: Item | undefined;
  host: CompareHost;
}

/** One bar a run, the best first. */
export function BarsChart({ items, column, baseline, host }: BarsProps): VNode {
  const title = column.name;
  const ranked = useMemo(() => rank(items, column), [items, column]);
  const pointed = hoverLine.value;
  const canvas = useChart(
    () => configure(ranked, column, pointed, baseline, theme.value),
    [ranked, pointed, baseline, theme.value],
  );
  const table = () => ({
    head: ['Run', title],
    rows: ranked.map(({ id, name }) => [name, tableText(column, column.cells.get(id))]),
  });
  const svg = () => {
    const chart = canvas.current ? Chart.getChart(canvas.current) : undefined;
    return chart && chartSvg(chart, title, [], theme.peek());
  };
  const at = ranked.findIndex(({ id }) => id === pointed);
  const run = ranked[at];
  return (
    <Figure
      title={title}
      large
      facts={
        <span role="status">
          {run
            ? `${run.name}: ${tableText(column, column.cells.get(run.id))}, place ${at + 1} of ${ranked.length}`
            : `${ranked.length} of ${items.length} runs have it; ${goalOf(title) === 'lowest' ? 'the lowest' : 'the highest'} first`}
        </span>
      }
      table={table}
      actions={<SaveMenu title={`${title}-bars`} host={host} svg={svg} table={table} />}
    >
      <RunsCanvas
        canvas={canvas}
        ids={ranked.map(({ id }) => id)}
        label={`Bars of ${title} of ${ranked.length} runs.`}
        host={host}
      />
    </Figure>
  );
}

function rank(items: readonly Item[], column: Column): Item[] {
  const direction = column.kind === 'metric' && goalOf(column.name) === 'lowest' ? 1 : -1;
  const there = items.filter(({ id }) => Number.isFinite(numberIn(column, id)));
  return there.sort((a, b) => direction * (numberIn(column, a.id) - numberIn(column, b.id)));
}

function configure(
  ranked: readonly Item[],
  column: Column,
  pointed: string | null,
  baseline: Item | undefined,
  look: ChartTheme,
): ChartConfiguration {
  return {
    type: 'bar',
    data: {
      labels: ranked.map((item) => (item === baseline ? `${item.name} (baseline)` : item.name)),
      datasets: [
        {
          data: ranked.map(({ id }) => numberIn(column, id)),
          backgroundColor: ranked.map(({ id, style }) => (id === pointed ? style.colour : `${style.colour}b0`)),
          borderColor: ranked.map((item) =>
            item === baseline || item.id === pointed ? look.foreground : item.style.colour,
          ),
          borderWidth: ranked.map((item) => (item === baseline ? 2 : 1)),
          barPercentage: 1,
          categoryPercentage: ranked.length > 100 ? 1 : 0.85,
        },
      ],
    },
    options: {
      events: ['mousemove'],
      layout: { padding: { top: 8, right: 8 } },
      scales: { x: labelAxis(look), y: valueAxis(look, 'linear') } as never,
      plugins: { tooltip: { enabled: false }, crosshair: { shown: false } },
      interaction: { mode: 'index', intersect: false },
      onHover: (_, elements) => {
        hoverLine.value = ranked[elements[0]?.index ?? -1]?.id ?? null;
      },
    },
  };
}
