import type { VNode } from 'preact';
import { Breakable } from '../shared/breakable.tsx';
import { formatChange, formatNumber } from '../shared/format.ts';
import { Scroller } from '../shared/scroller.tsx';
import type { ComparedMetric } from './compare.ts';
import { deltas, isBetter, relativeSizes } from './compare.ts';
import type { RunsContext } from './context.ts';
import { RunHeads } from './run-heads.tsx';

/** Final values, a column a run; against the baseline, which is the first, what differs and by how much. */
export function MetricTable(props: { rows: ComparedMetric[]; context: RunsContext; label: string }): VNode {
  const { rows, context, label } = props;
  return (
    <Scroller class="wide" label={label}>
      <table class="sheet" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <RunHeads context={context} alone="Value" />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <MetricRow key={row.name} row={row} compared={context.runs.length > 1} />
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

function MetricRow({ row, compared }: { row: ComparedMetric; compared: boolean }): VNode {
  const changes = deltas(row.values);
  const parts = compared ? relativeSizes(row.values) : [];
  return (
    <tr class={compared ? (row.differs ? 'differs' : 'same') : undefined}>
      <th scope="row">
        <Breakable name={row.name} />
      </th>
      {row.values.map((value, at) => (
        <td
          key={at}
          class={compared ? 'number compared' : 'number'}
          style={{ '--part': parts[at] ?? 0 }}
          title={String(value ?? '')}
        >
          <span class="value">{formatNumber(value)}</span>
          {compared ? <Change metric={row.name} delta={changes[at]} value={value} /> : null}
          {at === row.best ? <span class="badge">best</span> : null}
        </td>
      ))}
    </tr>
  );
}

function Change(props: { metric: string; delta: number | undefined; value: number | undefined }): VNode | null {
  const { metric, delta, value } = props;
  if (delta === undefined || value === undefined) return null;
  const better = isBetter(metric, delta);
  return (
    <span class={better ? 'change good' : 'change bad'}>
      <span aria-hidden="true">{delta > 0 ? '▲' : '▼'}</span>
      <span class="unseen">{delta > 0 ? 'more by' : 'less by'}</span> {formatChange(Math.abs(delta), value)}{' '}
      {better ? 'better' : 'worse'}
    </span>
  );
}
