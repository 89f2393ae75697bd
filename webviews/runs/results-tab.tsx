import type { VNode } from 'preact';
import { Breakable } from '../shared/breakable.tsx';
import { formatNumber } from '../shared/format.ts';
import { Scroller } from '../shared/scroller.tsx';
import { Empty } from '../shared/states.tsx';
import { compareMetrics } from './compare.ts';
import type { RunsContext } from './context.ts';
import { MetricTable } from './metric-table.tsx';
import { metricNames, seriesOf, summarise } from './metrics.ts';
import { OnlyDifferences } from './params-tab.tsx';

export function ResultsTab({ context }: { context: RunsContext }): VNode {
  const { runs, look } = context;
  const rows = compareMetrics(runs);
  if (rows.length === 0) return <Empty>No results yet: no metrics were logged.</Empty>;
  if (runs.length === 1) return <OneRunResults context={context} />;
  const shown = rows.filter(({ differs }) => differs || !look.onlyDifferences);
  return (
    <div class="tab">
      <div class="toolbar">
        <OnlyDifferences context={context} />
      </div>
      {shown.length === 0 ? <Empty>All final values are equal.</Empty> : null}
      {shown.length > 0 ? <MetricTable rows={shown} context={context} label="Final metrics" /> : null}
    </div>
  );
}

function OneRunResults({ context }: { context: RunsContext }): VNode {
  const [run] = context.runs;
  return (
    <Scroller class="wide" label="Final metrics">
      <table class="sheet" aria-label="Final metrics">
        <thead>
          <tr>
            {['Metric', 'Final', 'Best', 'At step', 'Lowest', 'Highest', 'Points'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {metricNames(context.runs).map((name) => {
            const series = run && seriesOf(run, name);
            const summary = series && summarise(series);
            if (!summary) return null;
            return (
              <tr key={name}>
                <th scope="row">
                  <Breakable name={name} />
                </th>
                <td class="number strong">{formatNumber(summary.last)}</td>
                <td class="number">{formatNumber(summary.best)}</td>
                <td class="number">{summary.best === null ? '–' : summary.bestStep}</td>
                <td class="number">{formatNumber(summary.lowest)}</td>
                <td class="number">{formatNumber(summary.highest)}</td>
                <td class="number">{formatNumber(summary.total)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroller>
  );
}
