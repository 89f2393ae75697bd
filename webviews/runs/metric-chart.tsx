import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { MetricSeries } from '../../schemas/wire/tracking.ts';
import { LineChart } from '../shared/chart/line-chart.tsx';
import type { Line } from '../shared/chart/lines.ts';
import { linePoints, smooth } from '../shared/chart/lines.ts';
import { formatNumber } from '../shared/format.ts';
import { Warning } from '../shared/states.tsx';
import type { RunsContext } from './context.ts';
import type { RunsLook } from './look.ts';
import type { MetricSummary } from './metrics.ts';
import { seriesOf, summarise } from './metrics.ts';
import { runName } from './names.ts';

export function MetricChart({ metric, context }: { metric: string; context: RunsContext }): VNode {
  const { run, style, look, host } = context;
  const series = seriesOf(run, metric);
  const name = runName(run);
  const start = run.run?.started_at ?? 0;
  const lines = useMemo(
    (): Line[] => (series ? [{ id: run.run_id, name, style, ...pointsOf(series, look, start) }] : []),
    [series, look.x, look.smoothing, name, style.colour],
  );
  const summary = useMemo(() => (series ? summarise(series) : null), [series]);
  const large = look.large === metric;
  return (
    <LineChart
      title={metric}
      facts={<Facts summary={summary} />}
      lines={lines}
      x={look.x}
      logarithmic={look.logarithmic}
      large={large}
      onResize={() => host.keep({ large: large ? null : metric })}
    />
  );
}

function pointsOf(series: MetricSeries, look: RunsLook, start: number): Pick<Line, 'points' | 'raw'> {
  const logged = linePoints(series, look.x, start);
  return look.smoothing > 0 ? { points: smooth(logged, look.smoothing), raw: logged } : { points: logged };
}

function Facts({ summary }: { summary: MetricSummary | null }): VNode | null {
  if (!summary) return null;
  return (
    <>
      <span>
        last <b>{formatNumber(summary.last)}</b>
      </span>
      <span title={`The ${summary.goal} value, as the metric's name suggests`}>
        best <b>{formatNumber(summary.best)}</b>
        {summary.best === null ? null : ` at step ${summary.bestStep}`}
      </span>
      {summary.notNumbers > 0 ? <Warning>{summary.notNumbers} not finite</Warning> : null}
    </>
  );
}
