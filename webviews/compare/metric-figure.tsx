import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatNumber } from '../shared/format.ts';
import { CurveChart } from './charts/curve-chart.tsx';
import type { CompareContext } from './context.ts';
import { isLogX } from './look.ts';
import { without } from './model/brushes.ts';
import { curveOf, drawBudget } from './model/curves.ts';
import { bestOf } from './model/metrics.ts';

export function MetricFigure({ metric, context }: { metric: string; context: CompareContext }): VNode {
  const { state, shown, look, host } = context;
  const { x, logY, smoothing, xRange } = look;
  const logX = isLogX(look);
  const parts = xRange ? state.closeUps.parts : undefined;
  const series = shown.map((item) => item.series.get(metric));
  const lines = useMemo(() => {
    const options = { x, logX, smoothing, range: xRange, budget: drawBudget(shown.length) };
    return shown.flatMap((item) => curveOf(item, metric, options, parts?.get(item.id)) ?? []);
    // what of the runs is not drawn here may change as it likes
  }, [
    ...series,
    shown.length,
    shown.map(({ name, style }) => name + style.colour).join(),
    x,
    logX,
    smoothing,
    xRange,
    parts,
  ]);
  const best = useMemo(() => bestOf(shown, metric), series);
  const large = look.large === metric;
  return (
    <CurveChart
      title={metric}
      facts={
        best ? (
          <span title="As the metric's name suggests">
            best <b>{formatNumber(best.value)}</b> by {best.item.name} at step {best.step}
          </span>
        ) : null
      }
      lines={lines}
      x={x}
      logX={logX}
      logY={logY}
      xRange={xRange}
      yRange={look.yRanges[metric] ?? null}
      large={large}
      host={host}
      onResize={() => host.keep({ large: large ? null : metric })}
      onZoom={(xRange, y) => host.keep({ xRange, yRanges: { ...host.look.peek().yRanges, [metric]: y } })}
      onReset={() => host.keep({ xRange: null, yRanges: without(host.look.peek().yRanges, metric) })}
    />
  );
}
