import type { VNode } from 'preact';
import type { RunState } from '../../schemas/panels/runs.ts';
import { Breakable } from '../shared/breakable.tsx';
import { formatNumber } from '../shared/format.ts';
import { Scroller } from '../shared/scroller.tsx';
import { seriesOf, summarise } from './metrics.ts';

/** Final values. */
export function MetricTable({ names, run, label }: { names: string[]; run: RunState; label: string }): VNode {
  return (
    <Scroller class="wide" label={label}>
      <table class="sheet" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <MetricRow key={name} name={name} run={run} />
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

function MetricRow({ name, run }: { name: string; run: RunState }): VNode {
  const series = seriesOf(run, name);
  const value = series && summarise(series)?.last;
  return (
    <tr>
      <th scope="row">
        <Breakable name={name} />
      </th>
      <td class="number" title={String(value ?? '')}>
        {formatNumber(value)}
      </td>
    </tr>
  );
}
