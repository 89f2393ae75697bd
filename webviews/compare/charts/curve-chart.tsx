import { useSignalEffect } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { Figure } from '../../shared/chart/figure.tsx';
import { hoverX } from '../../shared/chart/hover.ts';
import type { Line } from '../../shared/chart/lines.ts';
import { tableRows } from '../../shared/chart/lines.ts';
import { useChart } from '../../shared/chart/use-chart.ts';
import { formatNumber } from '../../shared/format.ts';
import { Icon } from '../../shared/icons.tsx';
import { theme } from '../../shared/theme.ts';
import { Button } from '../../shared/toolkit.ts';
import type { CompareHost } from '../context.ts';
import { chartSvg } from '../pictures/chart-svg.ts';
import { SaveMenu } from '../pictures/save-menu.tsx';
import type { CurveLook, KeptDatasets, ZoomedTo } from './curve-config.ts';
import { curveConfig, xText } from './curve-config.ts';
import { moveByKey, pointAt } from './curve-keys.ts';
import { curvePlugin } from './curve-plugin.ts';
import { CurveReadout } from './curve-readout.tsx';
import { hoverLine } from './hover-line.ts';
import { drawOverlay } from './overlay.ts';
import { Chart } from './setup.ts';

export interface CurveChartProps extends CurveLook {
  title: string;
  facts: ComponentChildren;
  lines: Line[];
  large: boolean;
  onResize: () => void;
  onZoom: ZoomedTo;
  onReset: () => void;
  host: CompareHost;
}

const NAMED = 5;

/** One metric of all runs. Its crosshair and the line that is pointed at are those of all charts. */
export function CurveChart(props: CurveChartProps): VNode {
  const { title, lines, x, onReset } = props;
  const { canvas, overlay, chartNow } = useCurves(props);
  const zoomed = props.xRange !== null || props.yRange !== null;
  return (
    <Figure
      {...props}
      table={() => tableOf(props)}
      onResize={props.onResize}
      actions={
        <>
          {zoomed ? <ResetZoom title={title} onReset={onReset} /> : null}
          <SaveMenu
            title={title}
            host={props.host}
            svg={() => pictureOf(chartNow(), title, lines)}
            table={() => tableOf(props)}
          />
        </>
      }
    >
      <canvas
        ref={canvas}
        tabIndex={0}
        role="img"
        aria-label={`${title}: line chart of ${namesOf(lines)}. Arrow keys read it, plus and minus zoom, zero shows all.`}
        onPointerMove={(event) => pointAt(event, chartNow(), lines)}
        onPointerLeave={pointNowhere}
        onBlur={pointNowhere}
        onKeyDown={(event) => moveByKey(event, { chart: chartNow(), lines, onZoom: props.onZoom, onReset })}
      />
      <div ref={overlay} class="overlay" aria-hidden="true" />
      <CurveReadout lines={lines} x={x} />
    </Figure>
  );
}

function useCurves(props: CurveChartProps) {
  const { lines } = props;
  const overlay = useRef<HTMLDivElement>(null);
  const datasets = useRef<KeptDatasets>(new Map());
  const latest = useRef(props);
  latest.current = props;
  const repaint = (chart: Chart) => paint(overlay.current, chart, latest.current.lines);
  const plugin = useMemo(() => curvePlugin(() => latest.current.lines, repaint), []);
  const inputs = [lines, props.x, props.logX, props.logY, props.xRange, props.yRange, props.large, theme.value];
  const canvas = useChart(() => {
    const zoomed: ZoomedTo = (...ranges) => latest.current.onZoom(...ranges);
    return { ...curveConfig(lines, props, theme.value, zoomed, datasets.current), plugins: [plugin] };
  }, inputs);
  const chartNow = () => (canvas.current ? Chart.getChart(canvas.current) : undefined);
  useSignalEffect(() => {
    hoverX.value;
    hoverLine.value;
    const chart = chartNow();
    if (chart) repaint(chart);
  });
  return { canvas, overlay, chartNow };
}

function pointNowhere(): void {
  hoverX.value = null;
  hoverLine.value = null;
}

function ResetZoom({ title, onReset }: { title: string; onReset: () => void }): VNode {
  return (
    <Button look="icon" title="Show all (0)" label={`Show all of ${title}`} onPress={onReset}>
      <Icon name="reset" />
    </Button>
  );
}

function pictureOf(chart: Chart | undefined, title: string, lines: Line[]): string | undefined {
  return chart && chartSvg(chart, title, lines, theme.peek(), lines);
}

function paint(overlay: HTMLElement | null, chart: Chart, lines: readonly Line[]): void {
  const pointed = hoverLine.peek();
  const line = pointed === null ? undefined : lines.find(({ id }) => id === pointed);
  if (overlay && chart.ctx) drawOverlay(overlay, chart, hoverX.peek(), line, theme.peek());
}

function namesOf(lines: readonly Line[]): string {
  const names = lines.slice(0, NAMED).map(({ name }) => name);
  return lines.length > NAMED ? `${names.join(', ')} and ${lines.length - NAMED} more` : names.join(', ');
}

function tableOf({ lines, x }: CurveChartProps) {
  return {
    head: [x === 'step' ? 'Step' : 'Time', ...lines.map(({ name }) => name)],
    rows: tableRows(lines).map((row) => [
      x === 'step' ? String(row.x) : xText(x)(row.x),
      ...row.values.map((value) => (value === undefined ? '' : formatNumber(value))),
    ]),
  };
}
