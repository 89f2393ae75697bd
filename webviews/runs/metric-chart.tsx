import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { LineChart } from '../shared/chart/line-chart.tsx';
import type { Line } from '../shared/chart/lines.ts';
import { linePoints, smooth } from '../shared/chart/lines.ts';
import { formatNumber } from '../shared/format.ts';
import { Warning } from '../shared/states.tsx';
import type { RunsContext } from './context.ts';
import type { MetricSummary } from './metrics.ts';
import { seriesOf, summarise } from './metrics.ts';

export function MetricChart({ metric, context }: { metric: string; context: RunsContext }): VNode {
  const { runs, names, styles, look, host } = context;
  const series = runs.map((run) => seriesOf(run, metric));
  const lines = useMemo(
    () => linesOf(metric, context),
    [...series, look.x, look.smoothing, names.join(), styles[0]?.colour],
  );
  const summaries = useMemo(() => series.map((one) => (one ? summarise(one) : null)), series);
  const large = look.large === metric;
  return (
    <LineChart
      title={metric}
      facts={
        runs.length === 1 ? <OneRun summary={summaries[0] ?? null} /> : <BestRun names={names} summaries={summaries} />
      }
      lines={lines}
      x={look.x}
      logarithmic={look.logarithmic}
      large={large}
      onResize={() => host.keep({ large: large ? null : metric })}
    />
  );
}

function linesOf(metric: string, { runs, names, styles, look }: RunsContext): Line[] {
  return runs.flatMap((run, at) => {
    const series = seriesOf(run, metric);
    const style = styles[at];
    if (!series || !style) return [];
    const logged = linePoints(series, look.x, run.run?.started_at ?? 0);
    const smoothed = look.smoothing > 0 ? { points: smooth(logged, look.smoothing), raw: logged } : { points: logged };
    return [{ id: run.run_id, name: names[at] ?? '', style, ...smoothed }];
  });
}

function OneRun({ summary }: { summary: MetricSummary | null }): VNode | null {
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

function BestRun({ names, summaries }: { names: string[]; summaries: (MetricSummary | null)[] }): VNode | null {
  const goal = summaries.find((summary) => summary)?.goal;
  let best = -1;
  summaries.forEach((summary, at) => {
    const value = summary?.best ?? null;
    const record = summaries[best]?.best ?? null;
    if (value !== null && (record === null || (goal === 'lowest' ? value < record : value > record))) best = at;
  });
  const winner = summaries[best];
  if (!winner) return null;
  return (
    <span title={`The ${goal} value, as the metric's name suggests`}>
      best <b>{formatNumber(winner.best)}</b> by {names[best]} at step {winner.bestStep}
    </span>
  );
}
