import type { VNode } from 'preact';
import { Breakable } from '../shared/breakable.tsx';
import { formatNumber } from '../shared/format.ts';
import { Scroller } from '../shared/scroller.tsx';
import { Empty } from '../shared/states.tsx';
import type { RunsContext } from './context.ts';
import type { MetricSummary } from './metrics.ts';
import { metricNames, seriesOf, summarise } from './metrics.ts';

export function ResultsTab({ context: { run } }: { context: RunsContext }): VNode {
  const rows = metricNames(run).flatMap((name) => {
    const series = seriesOf(run, name);
    const summary = series && summarise(series);
    return summary ? [{ name, summary }] : [];
  });
  if (rows.length === 0) return <Empty>No results yet: no metrics were logged.</Empty>;
  const curves = rows.some(({ summary }) => summary.total > 1);
  const heads = curves ? ['Final', 'Best', 'At step', 'Lowest', 'Highest', 'Points'] : ['Value'];
  return (
    <Scroller class="wide" label="Final metrics">
      <table class="sheet" aria-label="Final metrics">
        <thead>
          <tr>
            <th scope="col">Metric</th>
            {heads.map((head) => (
              <th key={head} scope="col" class="number">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, summary }) => (
            <tr key={name}>
              <th scope="row">
                <Breakable name={name} />
              </th>
              <td class="number strong">{formatNumber(summary.last)}</td>
              {curves ? <Curve summary={summary} /> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

/** What was logged once is its own best, lowest and highest: that need not be said. */
function Curve({ summary }: { summary: MetricSummary }): VNode {
  if (summary.total <= 1) return <td colSpan={5} />;
  return (
    <>
      <td class="number">{formatNumber(summary.best)}</td>
      <td class="number">{summary.best === null ? '–' : summary.bestStep}</td>
      <td class="number">{formatNumber(summary.lowest)}</td>
      <td class="number">{formatNumber(summary.highest)}</td>
      <td class="number">{formatNumber(summary.total)}</td>
    </>
  );
}
