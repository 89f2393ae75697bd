import type { ChartConfiguration } from 'chart.js';
import type { VNode } from 'preact';
import { formatCount, formatPercent } from '../format.ts';
import { lineStyle } from '../palette.ts';
import type { ChartTheme } from '../theme.ts';
import { theme } from '../theme.ts';
import { labelAxis, valueAxis } from './axes.ts';
import type { FigureProps } from './figure.tsx';
import { Figure } from './figure.tsx';
import { useChart } from './use-chart.ts';

export interface PairChartProps extends Omit<FigureProps, 'table' | 'children'> {
  labels: string[];
  /** counts; drawn as shares of their sums, so that samples of unlike size can be compared */
  reference: number[];
  current: number[];
}

/** Two distributions over the same bins: the reference as a grey outline, the current one filled. */
export function PairChart(props: PairChartProps): VNode {
  const { labels, reference, current, title } = props;
  const canvas = useChart(() => configure(props, theme.value), [labels, reference, current, theme.value]);
  const table = () => ({
    head: ['Bin', 'Reference', 'Current', 'Reference share', 'Current share'],
    rows: labels.map((label, at) => [
      label,
      String(reference[at] ?? 0),
      String(current[at] ?? 0),
      formatPercent(shares(reference)[at] ?? 0, 1),
      formatPercent(shares(current)[at] ?? 0, 1),
    ]),
  });
  return (
    <Figure {...props} table={table}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={`${title}: bar chart of the shares of ${labels.length} bins in reference and current rows`}
      />
    </Figure>
  );
}

export function currentColour(look: ChartTheme): string {
  return lineStyle(0, look.kind).colour;
}

function shares(counts: number[]): number[] {
  const sum = counts.reduce((total, count) => total + count, 0);
  return counts.map((count) => (sum === 0 ? 0 : count / sum));
}

function configure({ labels, reference, current }: PairChartProps, look: ChartTheme): ChartConfiguration {
  const grey = look.muted;
  const colour = currentColour(look);
  const counts = [reference, current];
  return {
    type: 'bar',
    data: {
      labels,
      datasets: [
        { label: 'Reference', data: shares(reference), ...bars('transparent', grey), order: 1 },
        { label: 'Current', data: shares(current), ...bars(`${colour}99`, colour), order: 2 },
      ],
    },
    options: {
      layout: { padding: { top: 6, right: 4 } },
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: { ...labelAxis(look), stacked: true },
        y: { ...valueAxis(look, 'linear', (share) => formatPercent(share)), beginAtZero: true },
      } as never,
      plugins: {
        tooltip: {
          animation: false,
          callbacks: {
            label: ({ dataset, datasetIndex, dataIndex, parsed }) =>
              `${dataset.label}: ${formatPercent(parsed.y ?? 0, 1)} (${formatCount(counts[datasetIndex]?.[dataIndex] ?? 0, 'row')})`,
          },
        },
      },
    },
  };
}

/** Both series lie over each other: an outline over a fill stays readable in every theme. */
function bars(fill: string, border: string) {
  return {
    backgroundColor: fill,
    borderColor: border,
    borderWidth: 1.5,
    borderSkipped: false as const,
    barPercentage: 1,
    categoryPercentage: 0.9,
  };
}
