import type { Signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { FromDriftPanel } from '../../schemas/panels/drift.ts';
import type { DriftReport } from '../../schemas/wire/monitoring.ts';
import { LineChart } from '../shared/chart/line-chart.tsx';
import { formatCount, formatPercent } from '../shared/format.ts';
import type { Host } from '../shared/host.ts';
import { lineStyle } from '../shared/palette.ts';
import { Empty, Loading, Shell } from '../shared/states.tsx';
import { theme } from '../shared/theme.ts';
import { Checkbox } from '../shared/toolkit.ts';
import { ColumnCard } from './column-card.tsx';
import { Header } from './header.tsx';
import type { DriftLook } from './look.ts';
import type { DriftPanelState } from './state.ts';
import { Waiting } from './waiting.tsx';

export interface AppProps {
  state: Signal<DriftPanelState>;
  host: Host<FromDriftPanel, DriftLook>;
}

export function App({ state: signal, host }: AppProps): VNode {
  const state = signal.value;
  return (
    <Shell connection={state.connection} problem={state.problem} onStart={() => host.post({ type: 'start-daemon' })}>
      <Content state={state} host={host} />
    </Shell>
  );
}

function Content({ state, host }: { state: DriftPanelState; host: AppProps['host'] }): VNode | null {
  const { heard, monitor, report, problem } = state;
  if (!heard) return problem ? null : <Loading what="Loading the drift report…" />;
  const summary = report ?? monitor;
  if (!summary) return <Empty>crisol.yaml has no such monitor any more. Add it under “monitors:”.</Empty>;
  const filled = report !== null && report.column_reports.length > 0;
  return (
    <>
      <Header summary={monitor ?? summary} report={report} host={host} />
      {filled ? <Report report={report} host={host} /> : <Waiting monitor={monitor ?? summary} host={host} />}
    </>
  );
}

function Report({ report, host }: { report: DriftReport; host: AppProps['host'] }): VNode {
  const look = host.look.value;
  const all = report.column_reports;
  const drifted = all.filter(({ state }) => state === 'drift');
  const shown = look.onlyDrifted ? drifted : all;
  return (
    <>
      {report.history.length > 1 ? <ShareOverTime history={report.history} /> : null}
      <div class="toolbar above-cards">
        <h2>Columns</h2>
        <Checkbox checked={look.onlyDrifted} onToggle={(onlyDrifted) => host.keep({ onlyDrifted })}>
          Drifted only ({drifted.length} of {all.length})
        </Checkbox>
      </div>
      {shown.length === 0 ? <Empty>No column has drifted.</Empty> : null}
      <div class="figures">
        {shown.map((column) => (
          <ColumnCard key={column.name} column={column} columns={all.length} history={report.history} host={host} />
        ))}
      </div>
    </>
  );
}

function ShareOverTime({ history }: { history: DriftReport['history'] }): VNode {
  const kind = theme.value.kind;
  const lines = useMemo(() => {
    const points = history.map(({ at, share }) => ({ x: at, y: share }));
    return [{ id: 'share', name: 'Share of columns', style: lineStyle(0, kind), points }];
  }, [history, kind]);
  return (
    <div class="over-time">
      <LineChart
        title="Share of drifted columns"
        facts={<span>{formatCount(history.length, 'report')}</span>}
        lines={lines}
        x="moment"
        format={(share) => formatPercent(share)}
        range={{ min: 0, max: 1 }}
      />
    </div>
  );
}
